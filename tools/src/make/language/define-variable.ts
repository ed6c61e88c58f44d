import type { Assignment, Operator } from './assignment.ts';
import type { Evaluation } from './evaluation.ts';
import { expand } from './expansion.ts';
import { type Origin, origins, type Scope, type Variable } from './variables.ts';
import { strip } from './words.ts';

/** Carries out an assignment of the makefile; the name is expanded first. */
export function assign(run: Evaluation, assignment: Assignment, origin: Origin, target?: Scope): string {
  const name = strip(expand(run, assignment.name));
  if (name === '') run.fail('empty variable name');
  define(run, name, assignment.operator, assignment.value, origin, target);
  return name;
}

/** Defines a variable in the global scope, or in that of one target. */
export function define(
  run: Evaluation,
  name: string,
  operator: Operator,
  value: string,
  origin: Origin,
  target?: Scope,
): void {
  const scope = target ?? run.variables.global;
  const set = (text: string, recursive: boolean): Variable => {
    // What it replaces goes.
    run.budget.kept(text.length - (scope.get(name)?.value.length ?? -64));
    const variable = run.variables.set(scope, name, text, recursive, origin);
    variable.location = run.location;
    if (target === undefined && name === '.RECIPEPREFIX') {
      run.recipePrefix = variable.value === '' ? '\t' : variable.value.charAt(0);
    }
    return variable;
  };
  switch (operator) {
    case '=':
      set(value, true).append = false;
      return;
    case ':=':
      set(expand(run, value), false).append = false;
      return;
    case ':::=':
      set(expand(run, value).replaceAll('$', '$$$$'), true).append = false;
      return;
    case '!=':
      set(run.askShell(expand(run, value)), true).append = false;
      return;
    case '?=':
      if (run.variables.find(name) === undefined) set(value, true);
      return;
    case '+=':
      appendTo(run, name, value, target, set);
      return;
  }
}

function appendTo(
  run: Evaluation,
  name: string,
  value: string,
  target: Scope | undefined,
  set: (text: string, recursive: boolean) => Variable,
): void {
  const found = target === undefined ? run.variables.find(name) : target.get(name);
  if (found === undefined) {
    set(value, true).append = target !== undefined;
    return;
  }
  const added = found.recursive ? value : expand(run, value);
  if (added === '') return;
  set(found.value === '' ? added : `${found.value} ${added}`, found.recursive);
}

/** The strength of an assignment in a makefile. */
export function originOf(override: boolean): Origin {
  return override ? origins.override : origins.file;
}
