import type { Budget } from './limits.ts';
import { parsePattern, stemOf } from './pattern.ts';
import { isSpace, splitWords } from './words.ts';

/** `$(patsubst from,to,text)`: words that match `from` become `to`; a word that becomes empty goes. */
export function substitute(budget: Budget, from: string, to: string, text: string): string {
  const pattern = parsePattern(from);
  if (!pattern.percent) return replaceWords(budget, pattern.prefix, to, text);
  const target = parsePattern(to);
  const results: string[] = [];
  for (const word of splitWords(text)) {
    budget.step(0.2);
    const stem = stemOf(pattern, word);
    if (stem === undefined) results.push(word);
    else {
      const made = target.percent ? target.prefix + stem + target.suffix : target.prefix;
      if (made !== '') results.push(made);
    }
  }
  return results.join(' ');
}

/** Replaces whole words and keeps the blanks between them, as make does for a pattern without `%`. */
function replaceWords(budget: Budget, from: string, to: string, text: string): string {
  if (from === '' || !text.includes(from)) return text;
  let output = '';
  let done = 0;
  for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + from.length)) {
    budget.step(0.2);
    const end = at + from.length;
    if (at > 0 && !isSpace(text.charCodeAt(at - 1))) continue;
    if (end < text.length && !isSpace(text.charCodeAt(end))) continue;
    output += text.slice(done, at) + to;
    done = end;
  }
  return output + text.slice(done);
}
