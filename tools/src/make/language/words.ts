import { LimitReached } from './stops.ts';

/** Whether make takes the character for a blank between words: space, tab, and the ends of lines. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** Whether the character is a space or a tab. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

// A list of that many words takes about 16 MB.
const mostWords = 250_000;

/** The words of a list, as every list function of make sees them. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at < text.length; at += 1) {
    if (isSpace(text.charCodeAt(at))) {
      if (start >= 0) words.push(text.slice(start, at));
      start = -1;
      if (words.length > mostWords) throw new LimitReached('a list grew too long');
    } else if (start < 0) start = at;
  }
  if (start >= 0) words.push(text.slice(start));
  return words;
}

/** The first position at or after `at` that holds no blank. */
export function skipSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && isSpace(text.charCodeAt(next))) next += 1;
  return next;
}

/** The first position at or after `at` that holds a blank. */
export function skipWord(text: string, at: number): number {
  let next = at;
  while (next < text.length && !isSpace(text.charCodeAt(next))) next += 1;
  return next;
}

/** The text without blanks at its ends; unlike `trim`, other kinds of white space stay. */
export function strip(text: string): string {
  const start = skipSpace(text, 0);
  let end = text.length;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
