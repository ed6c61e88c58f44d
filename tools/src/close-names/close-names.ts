/** The known names that someone who wrote `name` most likely meant; case, `-` and `_` do not count. */
export function closeNames(name: string, known: readonly string[]): string[] {
  const most = Math.max(1, name.length / 4);
  return known.filter((other) => distance(simple(name), simple(other)) <= most);
}

function simple(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

/** How many letters have to change for one word to become the other (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1];
    for (const [j, against] of Array.from(other).entries()) {
      const substituted = (row[j] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(substituted, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
