import { parsePattern, type Pattern, stemOf } from '../pattern.ts';
import type { Evaluation } from '../evaluation.ts';
import { expand } from '../expansion.ts';
import { substitute } from '../substitution.ts';
import { splitWords, strip } from '../words.ts';
import { lazy, type MakeFunction, plain } from './make-function.ts';

/** `$(subst ...)`, `$(filter ...)`, `$(sort ...)` and the others that work on text and lists. */
export const textFunctions: readonly MakeFunction[] = [
  plain('subst', 3, 3, (run, [from = '', to = '', text = '']) => {
    if (from === '') return text + to;
    const parts = text.split(from);
    // Known before it is made: a long text with a long replacement must not be built first and measured then.
    run.budget.produced(text.length + (parts.length - 1) * Math.max(0, to.length - from.length));
    return parts.join(to);
  }),
  plain('patsubst', 3, 3, (run, [from = '', to = '', text = '']) => substitute(run.budget, from, to, text)),
  plain('strip', 0, 1, (_run, [text = '']) => splitWords(text).join(' ')),
  plain('findstring', 2, 2, (_run, [part = '', text = '']) => (text.includes(part) ? part : '')),
  plain('filter', 2, 2, (run, [patterns = '', text = '']) => filter(run, patterns, text, true)),
  plain('filter-out', 2, 2, (run, [patterns = '', text = '']) => filter(run, patterns, text, false)),
  plain('sort', 0, 1, (run, [text = '']) => {
    const words = [...new Set(splitWords(text))];
    run.budget.step(words.length);
    return words.sort().join(' ');
  }),
  plain('word', 2, 2, (run, [index = '', text = '']) => {
    const number = numberOf(run, index, "non-numeric first argument to 'word' function");
    if (number === 0) run.failExpansion("first argument to 'word' function must be greater than 0");
    return splitWords(text)[number - 1] ?? '';
  }),
  plain('words', 0, 1, (_run, [text = '']) => String(splitWords(text).length)),
  plain('wordlist', 3, 3, (run, [from = '', to = '', text = '']) => {
    const first = numberOf(run, from, "non-numeric first argument to 'wordlist' function");
    const last = numberOf(run, to, "non-numeric second argument to 'wordlist' function");
    if (first < 1) run.failExpansion(`invalid first argument to 'wordlist' function: '${first}'`);
    return splitWords(text)
      .slice(first - 1, Math.max(last, 0))
      .join(' ');
  }),
  plain('firstword', 0, 1, (_run, [text = '']) => splitWords(text)[0] ?? ''),
  plain('lastword', 0, 1, (_run, [text = '']) => splitWords(text).at(-1) ?? ''),
  plain('join', 2, 2, (_run, [left = '', right = '']) => {
    const heads = splitWords(left);
    const tails = splitWords(right);
    const longer = heads.length > tails.length ? heads : tails;
    return longer.map((_word, at) => (heads[at] ?? '') + (tails[at] ?? '')).join(' ');
  }),
  lazy('intcmp', 2, 5, (run, [left = '', right = '', less, equal, greater]) => {
    const a = numberOf(run, expand(run, left), "non-numeric first argument to 'intcmp' function");
    const b = numberOf(run, expand(run, right), "non-numeric second argument to 'intcmp' function");
    if (less === undefined) return a === b ? String(a) : '';
    if (a < b) return expand(run, less);
    return expand(run, a === b ? (equal ?? '') : (greater ?? equal ?? ''));
  }),
];

function numberOf(run: Evaluation, text: string, message: string): number {
  const digits = strip(text);
  if (!/^[+-]?\d+$/.test(digits)) run.failExpansion(`${message}: '${text}'`);
  return Number(digits);
}

function filter(run: Evaluation, patterns: string, text: string, keep: boolean): string {
  const literals = new Set<string>();
  const open: Pattern[] = [];
  for (const word of splitWords(patterns)) {
    const pattern = parsePattern(word);
    if (pattern.percent) open.push(pattern);
    else literals.add(pattern.prefix);
  }
  const found = splitWords(text).filter((word) => {
    run.budget.step(0.2 + open.length * 0.1);
    const hit = literals.has(word) || open.some((pattern) => stemOf(pattern, word) !== undefined);
    return hit === keep;
  });
  return found.join(' ');
}
