import { dirname, resolve, sep } from 'node:path';
import type { Disk, EvaluationOutcome } from './language/index.ts';
import type { MakeReading, MakeTarget, MakeVariable } from './reading.ts';
import { scanText } from './text-scan.ts';

type Done = Extract<EvaluationOutcome, { kind: 'done' }>;

/** Turns a finished evaluation into a reading; where it stopped early, literal rules are added by a text scan. */
export function createReading(
  makefile: string,
  disk: Disk,
  environment: Readonly<Record<string, string>>,
  done: Done,
): MakeReading {
  const { run } = done;
  const text = disk.read(makefile);
  const binary = text.kind === 'text' && text.text.slice(0, 8192).includes('\0');
  const unreadable = done.unreadable || binary;
  const problem = binary ? `${makefile} is not a text file.` : done.problem;
  const stopped = problem !== undefined && !unreadable;
  const scanned = stopped ? scanAll(makefile, disk) : { targets: [], makefiles: [] };
  const targets = unreadable ? [] : merge(done.targets, scanned.targets);
  const defaultGoal = unreadable
    ? undefined
    : (done.defaultGoal ?? (stopped ? firstGoal(targets) : undefined));
  const exported = [...run.variables.global].filter(([, variable]) => variable.exported === true);
  return {
    fidelity: unreadable ? 'unreadable' : stopped ? 'approximate' : 'exact',
    makefile,
    makefiles: [...new Set([makefile, ...run.makefiles, ...scanned.makefiles])],
    targets,
    ...(defaultGoal === undefined ? {} : { defaultGoal }),
    patterns: run.rules.remakeable(),
    patternVariableValues: run.rules.patternVariableValues,
    variables: variablesOf(done),
    exported: [...(run.exportAll === true ? ['*'] : []), ...exported.map(([name]) => name)],
    features: {
      notParallel: done.waits || run.rules.records.get('.NOTPARALLEL')?.isTarget === true,
      readsGoals: run.variables.lookedUp.has('MAKECMDGOALS'),
      oneShell: run.oneShell,
    },
    sources: {
      files: [...disk.files],
      folders: [...disk.folders],
      environment: lookedUp(run.variables.lookedUp, environment),
    },
    unanswered: [
      ...run.unanswered,
      ...[...disk.refused].map((path) => ({ command: `${path} (outside the workspace)` })),
    ],
    ...(problem === undefined ? {} : { problem }),
  };
}

// Make sets these itself, whatever the environment holds.
const own = new Set([
  'MAKEFLAGS',
  'MAKELEVEL',
  'MAKECMDGOALS',
  'SHELL',
  'MAKE',
  'MAKE_COMMAND',
  'MAKE_VERSION',
]);

function lookedUp(
  names: ReadonlySet<string>,
  environment: Readonly<Record<string, string>>,
): Record<string, string | null> {
  const found: Record<string, string | null> = {};
  for (const name of names) {
    if (own.has(name) || !/^[A-Za-z_]\w*$/.test(name)) continue;
    found[name] = Object.hasOwn(environment, name) ? (environment[name] ?? null) : null;
  }
  return found;
}

const kinds = new Map<number, MakeVariable['origin']>([
  [1, 'environment'],
  [2, 'file'],
  [5, 'file'],
]);
const automatic = new Set([
  'MAKEFILE_LIST',
  'CURDIR',
  'MAKEFLAGS',
  'MFLAGS',
  'MAKELEVEL',
  '.DEFAULT_GOAL',
  '.SHELLSTATUS',
]);

function variablesOf({ run }: Done): Record<string, MakeVariable> {
  const found: Record<string, MakeVariable> = {};
  for (const [name, variable] of run.variables.global) {
    const origin = kinds.get(variable.origin);
    if (origin === undefined || automatic.has(name)) continue;
    // The whole environment is nobody's business: only what the makefiles asked for.
    if (origin === 'environment' && !run.variables.lookedUp.has(name)) continue;
    found[name] = { value: variable.value, flavor: variable.recursive ? 'recursive' : 'simple', origin };
  }
  return found;
}

/** Scans the Makefile and what it includes literally from its own folder or below. */
function scanAll(makefile: string, disk: Disk): { targets: MakeTarget[]; makefiles: string[] } {
  const folder = dirname(makefile);
  const pending = [makefile];
  const seen = new Set<string>();
  const targets: MakeTarget[] = [];
  for (let path = pending.shift(); path !== undefined && seen.size < 200; path = pending.shift()) {
    if (seen.has(path)) continue;
    if (disk.isFull) break;
    const found = disk.read(path);
    if (found.kind !== 'text') continue;
    seen.add(path);
    const name = path.slice(folder.length + 1);
    const scanned = scanText(found.text, name);
    for (const target of scanned.targets) targets.push(target);
    for (const include of scanned.includes) {
      const next = resolve(folder, include);
      if (next.startsWith(folder + sep)) pending.push(next);
    }
  }
  return { targets, makefiles: [...seen] };
}

function merge(first: readonly MakeTarget[], second: readonly MakeTarget[]): readonly MakeTarget[] {
  if (second.length === 0) return first;
  const merged = new Map<string, MakeTarget>();
  for (const target of first) merged.set(target.name, target);
  for (const target of second) {
    const known = merged.get(target.name);
    // A target that only `.PHONY` had named has no place yet.
    if (known?.location === undefined) {
      merged.set(target.name, { ...target, phony: target.phony || known?.phony === true });
    } else if (target.phony && !known.phony) merged.set(target.name, { ...known, phony: true });
  }
  return [...merged.values()];
}

function firstGoal(targets: readonly MakeTarget[]): string | undefined {
  return targets.find((target) => !target.name.startsWith('.') || target.name.includes('/'))?.name;
}
