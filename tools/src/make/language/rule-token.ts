import { isSpace, skipSpace } from './words.ts';

/** A piece of a rule line: a word, a colon (`:`, `::`, `&:`, `&::`), or the end. */
export interface Token {
  readonly kind: 'word' | 'colon' | 'end';
  readonly start: number;
  readonly end: number;
}

/** The next piece at or after `from`; words end at blanks, `:`, `=` and `&:`, except inside `$(...)`. */
export function nextToken(line: string, from: number): Token {
  const start = skipSpace(line, from);
  if (start >= line.length) return { kind: 'end', start, end: start };
  const first = line.charAt(start);
  const word = (end: number): Token => ({ kind: 'word', start, end });
  if (first === ';' || first === '=') return word(start + 1);
  if (first === ':') {
    if (line.charAt(start + 1) === '=') return word(start + 2);
    if (line.startsWith(':=', start + 1)) return word(start + 3);
    return { kind: 'colon', start, end: start + (line.charAt(start + 1) === ':' ? 2 : 1) };
  }
  if (first === '&' && line.charAt(start + 1) === ':') {
    return { kind: 'colon', start, end: start + (line.charAt(start + 2) === ':' ? 3 : 2) };
  }
  if ('+?!'.includes(first) && line.charAt(start + 1) === '=') return word(start + 2);
  return word(endOfWord(line, start));
}

function endOfWord(line: string, start: number): number {
  let at = start;
  while (at < line.length) {
    const code = line.charCodeAt(at);
    if (isSpace(code) || code === 61 || code === 58) return at;
    const next = line.charCodeAt(at + 1);
    if (code === 36) at = endOfReference(line, at + 1);
    else if ((code === 63 || code === 43) && next === 61) return at;
    else if (code === 38 && next === 58) return at;
    else if (code === 92 && (next === 58 || next === 59 || next === 61 || next === 92)) at += 2;
    else at += 1;
  }
  return line.length;
}

/** `at` is behind the `$`. */
function endOfReference(line: string, at: number): number {
  const open = line.charCodeAt(at);
  if (open !== 40 && open !== 123) return Math.min(at + 1, line.length);
  const close = open === 40 ? 41 : 125;
  let depth = 0;
  for (let next = at + 1; next < line.length; next += 1) {
    const code = line.charCodeAt(next);
    if (code === open) depth += 1;
    else if (code === close) {
      if (depth === 0) return next + 1;
      depth -= 1;
    }
  }
  return line.length;
}
