import type { Evaluation } from './evaluation.ts';
import { expand } from './expansion.ts';
import { LimitReached } from './stops.ts';
import { isBlank, skipSpace, skipWord, strip } from './words.ts';

const mostLevels = 500;

interface Level {
  /** `off`: not yet, an `else` may turn it on. `done`: a branch has been taken. */
  state: 'on' | 'off' | 'done';
  sawElse: boolean;
}

/** The conditionals of one makefile or `$(eval)`: whether the present lines count. */
export class Conditionals {
  readonly #levels: Level[] = [];
  ignoring = false;

  get open(): boolean {
    return this.#levels.length > 0;
  }

  /** Takes the line if it is `ifeq`, `ifdef`, `else`, `endif` ...; false where it is something else. */
  take(run: Evaluation, word: string, rest: string): boolean {
    if (word === 'endif') {
      if (this.#levels.pop() === undefined) run.fail("extraneous 'endif'");
    } else if (word === 'else') this.#takeElse(run, rest);
    else if (word === 'ifdef' || word === 'ifndef' || word === 'ifeq' || word === 'ifneq') {
      this.#push(run, word, rest);
    } else return false;
    this.#update();
    return true;
  }

  #update(): void {
    this.ignoring = this.#levels.some((level) => level.state !== 'on');
  }

  #takeElse(run: Evaluation, rest: string): void {
    const level = this.#levels.at(-1);
    if (level === undefined) run.fail("extraneous 'else'");
    if (level.sawElse) run.fail("only one 'else' per conditional");
    level.state = level.state === 'off' ? 'on' : 'done';
    if (rest === '') {
      level.sawElse = true;
      return;
    }
    const end = skipWord(rest, 0);
    const word = rest.slice(0, end);
    // What follows must be a condition; make only warns of anything else.
    if (!/^ifn?(eq|def)$/.test(word)) return;
    this.#push(run, word, rest.slice(skipSpace(rest, end)));
    const inner = this.#levels.pop();
    if (level.state !== 'done' && inner !== undefined) level.state = inner.state;
  }

  #push(run: Evaluation, word: string, rest: string): void {
    const ignored = this.#levels.some((level) => level.state !== 'on');
    const level: Level = { state: 'off', sawElse: false };
    this.#levels.push(level);
    if (this.#levels.length > mostLevels) throw new LimitReached('conditionals were nested too deeply');
    if (ignored) return;
    const holds = word.endsWith('def') ? isDefined(run, rest) : areEqual(run, rest);
    if (holds === undefined) run.fail('invalid syntax in conditional');
    level.state = holds === !word.startsWith('ifn') ? 'on' : 'off';
  }
}

function isDefined(run: Evaluation, rest: string): boolean | undefined {
  const name = strip(expand(run, rest));
  if (skipWord(name, 0) < name.length) return undefined;
  const variable = run.variables.find(name);
  return variable !== undefined && variable.value !== '';
}

function areEqual(run: Evaluation, rest: string): boolean | undefined {
  const sides = rest.startsWith('(') ? bracketed(rest) : quoted(rest);
  if (sides === undefined) return undefined;
  const left = expand(run, sides[0]);
  return left === expand(run, sides[1]);
}

/** `(left,right)` */
function bracketed(rest: string): [string, string] | undefined {
  const comma = endOf(rest, 1, ',');
  if (comma < 0) return undefined;
  let end = comma;
  while (end > 1 && isBlank(rest.charCodeAt(end - 1))) end -= 1;
  return rightSide(rest, comma + 1, rest.slice(1, end), ')');
}

/** `"left" "right"`, with either kind of quotes on either side; `'left' right)` is one that make takes too. */
function quoted(rest: string): [string, string] | undefined {
  const quote = rest.charAt(0);
  if (quote !== '"' && quote !== "'") return undefined;
  const end = rest.indexOf(quote, 1);
  if (end < 0) return undefined;
  const next = skipSpace(rest, end + 1);
  return rightSide(rest, next, rest.slice(1, end), rest.charAt(next));
}

function rightSide(rest: string, at: number, left: string, mark: string): [string, string] | undefined {
  if (mark === ')') {
    const start = skipSpace(rest, at);
    const end = endOf(rest, start, ')');
    return end < 0 ? undefined : [left, rest.slice(start, end)];
  }
  if (mark !== '"' && mark !== "'") return undefined;
  const end = rest.indexOf(mark, at + 1);
  return end < 0 ? undefined : [left, rest.slice(at + 1, end)];
}

/** The first `mark` outside round brackets. */
function endOf(text: string, from: number, mark: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === mark && depth <= 0) return at;
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
  }
  return -1;
}
