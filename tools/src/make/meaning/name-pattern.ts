const patterns = new Map<string, RegExp>();

/** Whether `name` matches a pattern in which `*` stands for any characters: `test-*`. */
export function matchesName(pattern: string, name: string): boolean {
  let regex = patterns.get(pattern);
  if (regex === undefined) {
    regex = new RegExp(`^${pattern.split('*').map(escapeRegExp).join('.*')}$`);
    patterns.set(pattern, regex);
  }
  return regex.test(name);
}

/** The first of `candidates` that matches `name`, if any. */
export function firstMatch(candidates: readonly string[], name: string): string | undefined {
  return candidates.find((pattern) => matchesName(pattern, name));
}

/** Text as a regular expression that matches just it. */
export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
