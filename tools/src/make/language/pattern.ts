/** A text with at most one `%` that stands for anything; `percent` is false where it has none. */
export interface Pattern {
  readonly percent: boolean;
  /** What stands before `%`, or the whole text. */
  readonly prefix: string;
  readonly suffix: string;
}

/** Reads a pattern: the first `%` without a backslash counts; backslashes before it quote it, or one another. */
export function parsePattern(text: string): Pattern {
  let at = text.indexOf('%');
  if (at < 0) return { percent: false, prefix: text, suffix: '' };
  let before = '';
  let start = 0;
  while (at >= 0) {
    let slashes = 0;
    while (at - slashes > start && text.charCodeAt(at - slashes - 1) === 92) slashes += 1;
    before += text.slice(start, at - slashes) + '\\'.repeat(Math.floor(slashes / 2));
    if (slashes % 2 === 0) return { percent: true, prefix: before, suffix: text.slice(at + 1) };
    before += '%';
    start = at + 1;
    at = text.indexOf('%', start);
  }
  return { percent: false, prefix: before + text.slice(start), suffix: '' };
}

/** The part of `word` that `%` stands for, or nothing where the word does not match. */
export function stemOf(pattern: Pattern, word: string): string | undefined {
  const { prefix, suffix } = pattern;
  if (!pattern.percent) return word === prefix ? '' : undefined;
  if (word.length < prefix.length + suffix.length) return undefined;
  if (!word.startsWith(prefix) || !word.endsWith(suffix)) return undefined;
  return word.slice(prefix.length, word.length - suffix.length);
}
