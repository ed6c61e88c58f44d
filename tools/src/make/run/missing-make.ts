/** What to tell when there is no make on this machine. */
export function missingMakeMessage(name: string): string {
  return [
    `${name} was not run: GNU make was not found on the PATH. Install it with`,
    '  Debian, Ubuntu: sudo apt-get install make',
    '  Fedora: sudo dnf install make',
    '  Alpine: sudo apk add make',
    '  macOS: xcode-select --install',
  ].join('\n');
}
