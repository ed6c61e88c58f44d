export function createShellAnswerer(_:any): any { return undefined; }
