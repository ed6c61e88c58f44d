import type { MakeTarget } from '../reading.ts';
import type { Evaluation } from './evaluation.ts';
import type { RuleRecord } from './rule-book.ts';
import { finalPrerequisites } from './second-expansion.ts';
import type { Scope } from './variables.ts';

/** Names of targets that mean something to make itself. */
export const specialTargets: ReadonlySet<string> = new Set(
  (
    '.PHONY .SUFFIXES .DEFAULT .PRECIOUS .INTERMEDIATE .NOTINTERMEDIATE .SECONDARY .SECONDEXPANSION ' +
    '.DELETE_ON_ERROR .IGNORE .LOW_RESOLUTION_TIME .SILENT .EXPORT_ALL_VARIABLES .NOTPARALLEL .ONESHELL ' +
    '.POSIX .WAIT'
  ).split(' '),
);

/** The targets of the book as a reading shows them, with those that only `.PHONY` names at the end. */
export function collectTargets(run: Evaluation): { targets: MakeTarget[]; waits: boolean } {
  const { records } = run.rules;
  const phonyRecord = records.get('.PHONY');
  const phony = new Set<string>();
  if (phonyRecord?.isTarget === true) {
    const { normal, orderOnly } = finalPrerequisites(run, phonyRecord);
    for (const name of [...normal, ...orderOnly]) phony.add(name);
  }
  const targets: MakeTarget[] = [];
  let waits = false;
  for (const record of records.values()) {
    if (!record.isTarget) continue;
    run.budget.step();
    if (specialTargets.has(record.name) || isSuffixRule(run, record.name)) continue;
    const { normal, orderOnly } = finalPrerequisites(run, record);
    if (normal.includes('.WAIT')) waits = true;
    targets.push(targetOf(record, phony.has(record.name), normal, orderOnly));
  }
  for (const name of phony) {
    if (records.get(name)?.isTarget === true || specialTargets.has(name)) continue;
    const record = records.get(name);
    targets.push({
      name,
      phony: true,
      prerequisites: [],
      orderOnly: [],
      recipe: [],
      doubleColon: false,
      ...variablesOf(record?.variables),
    });
  }
  return { targets, waits };
}

function isSuffixRule(run: Evaluation, name: string): boolean {
  return name.startsWith('.') && !name.includes('/') && run.rules.isSuffixRule(name);
}

function targetOf(
  record: RuleRecord,
  phony: boolean,
  normal: readonly string[],
  orderOnly: readonly string[],
): MakeTarget {
  const prerequisites = once(normal);
  const strong = orderOnly.length === 0 ? undefined : new Set(prerequisites);
  return {
    name: record.name,
    phony,
    prerequisites,
    orderOnly: strong === undefined ? orderOnly : once(orderOnly).filter((name) => !strong.has(name)),
    recipe: record.recipe,
    doubleColon: record.doubleColon,
    ...variablesOf(record.variables),
    ...(record.location === undefined ? {} : { location: record.location }),
  };
}

function variablesOf(scope: Scope | undefined): Pick<MakeTarget, 'variables' | 'variableValues'> {
  if (scope === undefined || scope.size === 0) return { variables: [] };
  return {
    variables: [...scope.keys()],
    variableValues: [...scope.values()].map(({ value }) => value),
  };
}

/** Each name once, without `.WAIT`. Most lists are so already, and then stay shared between targets. */
function once(names: readonly string[]): readonly string[] {
  if (names.length < 2 && names[0] !== '.WAIT') return names;
  const found = new Set(names);
  found.delete('.WAIT');
  return found.size === names.length ? names : [...found];
}
