import type { Evaluation } from '../evaluation.ts';
import { callFunction, expand, expandVariable } from '../expansion.ts';
import { readText } from '../makefile-reader.ts';
import { MakeStop } from '../stops.ts';
import { origins, type Scope } from '../variables.ts';
import { splitWords, strip } from '../words.ts';
import { functions } from './index.ts';
import { lazy, type MakeFunction, plain } from './make-function.ts';

const originNames = new Map<number, string>([
  [origins.default, 'default'],
  [origins.environment, 'environment'],
  [origins.file, 'file'],
  [origins.commandLine, 'command line'],
  [origins.override, 'override'],
  [origins.automatic, 'automatic'],
]);

/** `$(if ...)`, `$(foreach ...)`, `$(call ...)`, `$(eval ...)` and the others that decide what is expanded. */
export const controlFunctions: readonly MakeFunction[] = [
  lazy('if', 2, 3, (run, [condition = '', yes = '', no = '']) =>
    expand(run, expand(run, strip(condition)) === '' ? no : yes),
  ),
  lazy('or', 1, 0, (run, given) => {
    for (const text of given) {
      const value = expand(run, strip(text));
      if (value !== '') return value;
    }
    return '';
  }),
  lazy('and', 1, 0, (run, given) => {
    let value = '';
    for (const text of given) {
      value = expand(run, strip(text));
      if (value === '') return '';
    }
    return value;
  }),
  lazy('foreach', 3, 3, (run, [nameText = '', listText = '', body = '']) => {
    const name = strip(expand(run, nameText));
    const words = splitWords(expand(run, listText));
    const scope: Scope = new Map();
    const variable = run.variables.set(scope, name, '', false, origins.automatic);
    const results: string[] = [];
    let length = 0;
    run.variables.within(scope, () => {
      for (const word of words) {
        variable.value = word;
        const result = expand(run, body);
        length += result.length + 1;
        if (length > run.budget.limits.text) run.budget.produced(length);
        run.budget.step();
        results.push(result);
      }
    });
    return results.join(' ');
  }),
  lazy('let', 3, 3, (run, [namesText = '', listText = '', body = '']) => {
    const names = splitWords(expand(run, namesText));
    const list = expand(run, listText);
    const words = splitWords(list);
    const scope: Scope = new Map();
    for (const [at, name] of names.entries()) {
      const last = at === names.length - 1;
      const value = last ? words.slice(at).join(' ') : (words[at] ?? '');
      run.variables.set(scope, name, value, false, origins.automatic);
    }
    return run.variables.within(scope, () => expand(run, body));
  }),
  plain('call', 1, 0, call),
  plain('value', 0, 1, (run, [name = '']) => run.variables.find(name)?.value ?? ''),
  plain('origin', 0, 1, (run, [name = '']) => {
    const variable = run.variables.find(name);
    return variable === undefined ? 'undefined' : (originNames.get(variable.origin) ?? 'file');
  }),
  plain('flavor', 0, 1, (run, [name = '']) => {
    const variable = run.variables.find(name);
    if (variable === undefined) return 'undefined';
    return variable.recursive ? 'recursive' : 'simple';
  }),
  plain('eval', 0, 1, (run, [text = '']) => {
    const location = run.location;
    readText(run, text, location.file, location.line);
    run.location = location;
    return '';
  }),
  plain('error', 0, 1, (run, given) => {
    const { file, line } = run.location;
    throw new MakeStop(`${file}:${line}: *** ${given.join(',')}.  Stop.`);
  }),
  plain('warning', 0, 1, () => ''),
  plain('info', 0, 1, () => ''),
];

function call(run: Evaluation, given: readonly string[]): string {
  const name = strip(given[0] ?? '');
  if (name === '') return '';
  const builtin = functions.get(name);
  if (builtin !== undefined) return callFunction(run, builtin, given.slice(1), false);
  const variable = run.variables.find(name);
  if (variable === undefined || variable.value === '') return '';
  const scope: Scope = new Map();
  for (const [at, value] of given.entries()) {
    run.variables.set(scope, String(at), at === 0 ? name : value, false, origins.automatic);
  }
  // Inside another call its further arguments must not shine through.
  for (let at = given.length; at < run.callArguments; at += 1) {
    run.variables.set(scope, String(at), '', false, origins.automatic);
  }
  const outer = run.callArguments;
  const nested = variable.nested;
  run.callArguments = given.length;
  variable.nested = true;
  const result = run.variables.within(scope, () =>
    variable.recursive ? expandVariable(run, name, variable) : variable.value,
  );
  variable.nested = nested;
  run.callArguments = outer;
  return result;
}
