import { parseAssignment, type VariableLine } from './assignment.ts';
import { assign, originOf } from './define-variable.ts';
import type { Evaluation } from './evaluation.ts';
import { expand } from './expansion.ts';
import { type Origin, origins, type Variable } from './variables.ts';
import { splitWords, strip } from './words.ts';

/** `undefine NAME` */
export function undefine(run: Evaluation, written: string, origin: Origin): void {
  const name = strip(expand(run, written));
  if (name === '') run.fail('empty variable name');
  const found = run.variables.global.get(name);
  if (found !== undefined && origin >= found.origin) run.variables.global.delete(name);
}

/** `export NAME ...` and `unexport NAME ...` */
export function exportNames(run: Evaluation, names: string, exported: boolean): void {
  for (const name of splitWords(names)) {
    const found = run.variables.find(name);
    const variable = found ?? run.variables.set(run.variables.global, name, '', false, origins.file);
    variable.exported = exported;
  }
}

/** `target: NAME = value`, for each of the targets; a pattern's variables are evaluated and then forgotten. */
export function setTargetVariable(run: Evaluation, targets: readonly string[], line: VariableLine): void {
  const assignment = parseAssignment(line.text);
  if (assignment === undefined) run.fail('malformed target-specific variable definition');
  for (const target of targets) {
    run.budget.step();
    if (target.includes('%')) {
      run.rules.patternVariableValues.push(assignment.value);
      if (assignment.operator === ':=' || assignment.operator === '!=') {
        assign(run, assignment, originOf(line.override), new Map<string, Variable>());
      }
      continue;
    }
    const record = run.rules.record(target);
    const scope = (record.variables ??= new Map<string, Variable>());
    run.variables.within(scope, () => assign(run, assignment, originOf(line.override), scope));
  }
}
