import { recursiveBuiltins, simpleBuiltins } from './builtin-variables.ts';
import { Evaluation, type EvaluationStart } from './evaluation.ts';
import { origins } from './variables.ts';

// A plain run has none of these from outside: make sets them itself, or ignores what the environment says.
const ownNames = new Set([
  'MAKEFLAGS',
  'GNUMAKEFLAGS',
  'MFLAGS',
  'MAKELEVEL',
  'MAKEFILES',
  'SHELL',
  'CURDIR',
]);

const recursive = Object.entries(recursiveBuiltins);
const simple = Object.entries(simpleBuiltins);

/** An evaluation with the variables that make has before it reads the first line. */
export function startEvaluation(start: EvaluationStart): Evaluation {
  const run = new Evaluation(start);
  const { global } = run.variables;
  const set = (name: string, value: string, recursive: boolean, origin: 0 | 1 | 2): void => {
    run.variables.set(global, name, value, recursive, origin);
  };
  for (const [name, value] of recursive) set(name, value, true, origins.default);
  for (const [name, value] of simple) set(name, value, false, origins.default);
  set('.VARIABLES', '', false, origins.default);
  set('MAKEFILES', '', false, origins.default);
  set('MAKELEVEL', '0', false, origins.environment);
  set('MAKEFLAGS', '', true, origins.file);
  set('MFLAGS', '', true, origins.file);
  set('CURDIR', run.disk.folder, false, origins.file);
  set('.DEFAULT_GOAL', '', false, origins.file);
  set('MAKEFILE_LIST', '', false, origins.file);
  for (const [name, value] of Object.entries(start.environment)) {
    if (!ownNames.has(name)) set(name, value, true, origins.environment);
  }
  const automatic = ['@', '%', '*', '<', '?', '^', '+', '|'];
  for (const name of automatic) run.variables.set(global, name, '', true, origins.automatic);
  for (const name of automatic.slice(0, 7)) {
    run.variables.set(global, `${name}D`, `$(patsubst %/,%,$(dir $${name}))`, true, origins.automatic);
    run.variables.set(global, `${name}F`, `$(notdir $${name})`, true, origins.automatic);
  }
  return run;
}
