import { closingAt, splitArguments } from './brackets.ts';
import type { Evaluation } from './evaluation.ts';
import { type MakeFunction, functions } from './functions/index.ts';
import { parsePattern } from './pattern.ts';
import { substitute } from './substitution.ts';
import { origins, type Variable } from './variables.ts';
import { isSpace, skipSpace } from './words.ts';

const dollar = 36;
const openRound = 40;
const openCurly = 123;

/** The text with every variable and function in it replaced by its value. */
export function expand(run: Evaluation, text: string): string {
  let at = text.indexOf('$');
  if (at < 0) return text;
  run.budget.enter();
  let output = text.slice(0, at);
  while (at >= 0) {
    const code = text.charCodeAt(at + 1);
    let next = at + 2;
    if (code === dollar) output += '$';
    else if (code === openRound || code === openCurly) {
      const reference = expandReference(run, text, at + 2, code);
      output += reference.value;
      next = reference.end;
    } else if (next <= text.length && !isSpace(code)) output += valueOf(run, text.charAt(at + 1));
    at = next < text.length ? text.indexOf('$', next) : -1;
    output += text.slice(next, at < 0 ? text.length : at);
    if (output.length > run.budget.limits.text) run.budget.produced(output.length);
  }
  run.budget.produced(output.length);
  run.budget.leave();
  return output;
}

/** What `$(` at `from - 2` stands for, and where the text goes on. */
function expandReference(
  run: Evaluation,
  text: string,
  from: number,
  open: number,
): { value: string; end: number } {
  const close = open === openRound ? 41 : 125;
  const called = functionAt(text, from);
  if (called !== undefined) {
    const start = skipSpace(text, from + called.name.length);
    const end = closingAt(text, start, open, close);
    run.budget.step(((end < 0 ? text.length : end) - start) / 500);
    if (end < 0) {
      run.failExpansion(
        `unterminated call to function '${called.name}': missing '${String.fromCharCode(close)}'`,
      );
    }
    const given = splitArguments(text, start, end, open, close, called.most);
    return { value: callFunction(run, called, given, true), end: end + 1 };
  }
  const first = text.indexOf(String.fromCharCode(close), from);
  if (first < 0) run.failExpansion('unterminated variable reference');
  const inner = text.indexOf('$', from);
  if (inner < 0 || inner > first)
    return { value: referenceValue(run, text.slice(from, first)), end: first + 1 };
  const end = closingAt(text, from, open, close);
  run.budget.step(((end < 0 ? text.length : end) - from) / 500);
  if (end < 0) return { value: referenceValue(run, text.slice(from, first)), end: text.length };
  return { value: referenceValue(run, expand(run, text.slice(from, end))), end: end + 1 };
}

function functionAt(text: string, from: number): MakeFunction | undefined {
  let end = from;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if ((code < 97 || code > 122) && code !== 45) break;
  }
  if (end === from || !isSpace(text.charCodeAt(end))) return undefined;
  return functions.get(text.slice(from, end));
}

/** Calls a function with its arguments; `raw` ones are expanded first, unless the function wants them as they are. */
export function callFunction(
  run: Evaluation,
  called: MakeFunction,
  given: readonly string[],
  raw: boolean,
): string {
  if (given.length < called.least) {
    run.failExpansion(`insufficient number of arguments (${given.length}) to function '${called.name}'`);
  }
  run.budget.step();
  const values = raw && called.expands ? given.map((text) => expand(run, text)) : given;
  const result = called.run(run, values);
  run.budget.produced(result.length);
  return result;
}

/** What the inside of `$(...)` stands for: a variable, or `NAME:from=to`. */
function referenceValue(run: Evaluation, name: string): string {
  const colon = name.indexOf(':');
  const equals = colon < 0 ? -1 : name.indexOf('=', colon + 1);
  if (equals < 0) return valueOf(run, name);
  const value = valueOf(run, name.slice(0, colon));
  if (value === '') return '';
  const from = name.slice(colon + 1, equals);
  const to = name.slice(equals + 1);
  return parsePattern(from).percent
    ? substitute(run.budget, from, to, value)
    : substitute(run.budget, `%${from}`, `%${to}`, value);
}

/** The expanded value of a variable; nothing where it is not defined. */
export function valueOf(run: Evaluation, name: string): string {
  const variable = run.variables.find(name);
  if (variable === undefined) return '';
  if (name === '.VARIABLES') return [...run.variables.global.keys()].join(' ');
  return variable.recursive ? expandVariable(run, name, variable) : variable.value;
}

/** Expands a recursive variable, and fails where it needs itself. */
export function expandVariable(run: Evaluation, name: string, variable: Variable): string {
  if (!variable.value.includes('$') && !variable.append) return variable.value;
  const outer = run.expanding;
  if (variable.location !== undefined) run.expanding = variable.location;
  if (variable.expanding && !variable.nested) {
    run.failExpansion(`Recursive variable '${name}' references itself (eventually)`);
  }
  const before = variable.expanding;
  variable.expanding = true;
  const value = expand(run, variable.value);
  variable.expanding = before;
  run.expanding = outer;
  if (!variable.append) return value;
  const global = run.variables.global.get(name);
  if (global === undefined || global.origin === origins.automatic) return value;
  const inherited = global.recursive ? expandVariable(run, name, global) : global.value;
  return inherited === '' ? value : `${inherited} ${value}`;
}
