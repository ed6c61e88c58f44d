/** The parts of `SOURCE:TARGET:MODE`; a Windows drive is part of the source. */
export function splitVolume(text: string): { readonly source?: string; readonly target: string } {
  const drive = /^[A-Za-z]:[\\/]/.test(text) ? 2 : 0;
  const first = text.indexOf(':', drive);
  if (first === -1) return { target: text };
  const source = text.slice(0, first);
  const rest = text.slice(first + 1);
  const end = rest.indexOf(':', /^[A-Za-z]:[\\/]/.test(rest) ? 2 : 0);
  return { source, target: end === -1 ? rest : rest.slice(0, end) };
}

/** Where in the container a volume is mounted. */
export function mountTarget(text: string): string {
  return splitVolume(text).target;
}

/** Whether the source of a volume is a path of the host, and not the name of a volume. */
export function isHostPath(source: string): boolean {
  return /^[./~\\]|^[A-Za-z]:[\\/]/.test(source);
}
