/** A name as Compose allows it for a project: lower case letters, digits, `-` and `_`, beginning with a letter or digit. Empty when nothing of it can be kept. */
export function normalizeProjectName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}
