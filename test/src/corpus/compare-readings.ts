import type { MakeReading, MakeTarget } from '@switchyard/tools/make';
import type { Comparison, Difference } from './comparison.ts';

/** Compares our reading of a Makefile with make's own: targets, prerequisites, order-only, phony, default goal. */
export function compareReadings(
  ours: MakeReading,
  make: MakeReading,
): Omit<Comparison, 'makefile' | 'milliseconds' | 'hidden'> {
  const found = new Map(ours.targets.map((target) => [target.name, target]));
  const phony = make.targets.filter((target) => target.phony);
  const phonyFound = phony.filter(({ name }) => found.get(name)?.phony === true).length;
  const counts = { targets: make.targets.length, phony: phony.length, phonyFound };
  const unanswered = ours.unanswered.map((call) => call.command);
  const { problem } = make;
  if (make.fidelity === 'unreadable') {
    return {
      verdict: 'no reference',
      differences: [],
      unanswered,
      ...counts,
      ...(problem ? { problem } : {}),
    };
  }
  if (problem !== undefined) {
    const lost = phony.filter(({ name }) => !found.has(name)).map(({ name }) => missingPhony(name));
    const silent: Difference[] =
      ours.problem === undefined ? [{ kind: 'problem not reported', problem }] : [];
    return { verdict: 'rejected', differences: [...lost, ...silent], unanswered, problem, ...counts };
  }
  const differences = [...compareTargets(found, make.targets), ...compareWhole(ours, make)];
  const first = differences.filter(({ kind }) => kind === 'missing phony target');
  const others = differences.filter(({ kind }) => kind !== 'missing phony target');
  return {
    verdict: differences.length === 0 ? 'equal' : 'different',
    differences: [...first, ...others],
    unanswered,
    ...counts,
  };
}

function missingPhony(target: string): Difference {
  return { kind: 'missing phony target', target };
}

function* compareTargets(
  found: ReadonlyMap<string, MakeTarget>,
  reference: readonly MakeTarget[],
): Generator<Difference> {
  const expected = new Set(reference.map((target) => target.name));
  for (const make of reference) {
    const target = make.name;
    const ours = found.get(target);
    if (ours === undefined) {
      yield make.phony ? missingPhony(target) : { kind: 'missing target', target };
      continue;
    }
    if (ours.phony !== make.phony) yield { kind: 'phony', target, ours: ours.phony, make: make.phony };
    const kind = compareLists(ours.prerequisites, make.prerequisites);
    if (kind !== undefined) yield { kind, target, ours: ours.prerequisites, make: make.prerequisites };
    if (compareLists(ours.orderOnly, make.orderOnly) === 'prerequisites') {
      yield { kind: 'order-only', target, ours: ours.orderOnly, make: make.orderOnly };
    }
  }
  for (const target of found.keys()) if (!expected.has(target)) yield { kind: 'extra target', target };
}

function compareLists(
  ours: readonly string[],
  make: readonly string[],
): 'prerequisites' | 'order of prerequisites' | undefined {
  if (ours.length === make.length && ours.every((name, index) => name === make[index])) return undefined;
  const names = new Set(ours);
  const same = names.size === new Set(make).size && make.every((name) => names.has(name));
  return same ? 'order of prerequisites' : 'prerequisites';
}

function* compareWhole(ours: MakeReading, make: MakeReading): Generator<Difference> {
  const goals = { ours: ours.defaultGoal ?? '', make: make.defaultGoal ?? '' };
  if (goals.ours !== goals.make) yield { kind: 'default goal', ...goals };
  if (ours.fidelity !== 'exact') yield { kind: 'not exact', problem: ours.problem ?? ours.fidelity };
}
