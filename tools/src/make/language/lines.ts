import { LimitReached } from './stops.ts';

/** In characters, with all lines that continue it. */
const longestLine = 512 * 1024;

/** Cuts a text into logical lines: those that end in a backslash go on in the next, which stays in the text. */
export class LineReader {
  readonly #text: string;
  #next = 0;
  #lines = 0;
  /** How many lines stand before the logical line that `next` gave last. */
  before = 0;

  constructor(text: string) {
    let whole = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    if (whole.includes('\r\n')) whole = whole.replaceAll('\r\n', '\n');
    // A line counts for make as far as its first NUL.
    if (whole.includes('\0')) whole = whole.replaceAll(/\0[^\n]*/g, '');
    this.#text = whole;
  }

  /** How many lines have been read in all. */
  get lines(): number {
    return this.#lines;
  }

  next(): string | undefined {
    const text = this.#text;
    const start = this.#next;
    if (start >= text.length) return undefined;
    this.before = this.#lines;
    let from = start;
    for (;;) {
      let end = text.indexOf('\n', from);
      if (end < 0) end = text.length;
      this.#lines += 1;
      from = end + 1;
      if (from < text.length && endsInBackslash(text, start, end)) continue;
      this.#next = from;
      if (end - start > longestLine) throw new LimitReached('a line is too long');
      return text.slice(start, end);
    }
  }
}

function endsInBackslash(text: string, start: number, end: number): boolean {
  let at = end;
  while (at > start && text.charCodeAt(at - 1) === 92) at -= 1;
  return (end - at) % 2 === 1;
}

/** The logical line as one: each backslash at a line's end becomes one space, with the blanks around it. */
export function joinLines(line: string): string {
  let at = line.indexOf('\\\n');
  if (at < 0) return line;
  const parts: string[] = [];
  let start = 0;
  while (at >= 0) {
    let slashes = at;
    while (slashes > start && line.charCodeAt(slashes - 1) === 92) slashes -= 1;
    const kept = Math.floor((at + 1 - slashes) / 2);
    let end = slashes;
    if (kept === 0) while (end > start && isBlankAt(line, end - 1)) end -= 1;
    parts.push(line.slice(start, end) + '\\'.repeat(kept));
    start = at + 2;
    while (start < line.length && isBlankAt(line, start)) start += 1;
    at = line.indexOf('\\\n', start);
  }
  parts.push(line.slice(start));
  return parts.join(' ');
}

function isBlankAt(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  return code === 32 || code === 9;
}

/** A text, and where the character looked for stands in it (-1: nowhere). */
export interface Found {
  readonly text: string;
  readonly at: number;
}

/**
 * Looks for the first of two characters that no backslash quotes. Backslashes before such a character are halved in
 * the text that comes back. `references`: what stands inside `$(...)` does not count.
 */
export function findUnquoted(
  line: string,
  from: number,
  first: number,
  second: number,
  references: boolean,
): Found {
  const parts: string[] = [];
  let length = 0;
  let start = 0;
  for (let at = from; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (references && code === 36) {
      at = skipReference(line, at + 1) - 1;
      continue;
    }
    if (code !== first && code !== second) continue;
    let slashes = at;
    while (slashes > Math.max(from, start) && line.charCodeAt(slashes - 1) === 92) slashes -= 1;
    const count = at - slashes;
    if (count > 0) {
      const part = line.slice(start, slashes + Math.floor(count / 2));
      parts.push(part);
      length += part.length;
      start = at;
    }
    if (count % 2 === 0) return { text: parts.join('') + line.slice(start), at: length + at - start };
  }
  return { text: parts.length === 0 ? line : parts.join('') + line.slice(start), at: -1 };
}

/** The position after the reference whose `$` stands before `at`. */
function skipReference(text: string, at: number): number {
  const open = text.charCodeAt(at);
  if (open !== 40 && open !== 123) return at + 1;
  const close = open === 40 ? 41 : 125;
  let depth = 0;
  for (let next = at; next < text.length; next += 1) {
    const code = text.charCodeAt(next);
    if (code === open) depth += 1;
    else if (code === close) {
      depth -= 1;
      if (depth === 0) return next + 1;
    }
  }
  return text.length;
}

/** The line without its comment; `\#` becomes `#`. */
export function withoutComment(line: string): string {
  if (!line.includes('#')) return line;
  const found = findUnquoted(line, 0, 35, 35, false);
  return found.at < 0 ? found.text : found.text.slice(0, found.at);
}
