import type { MakeReading, MakeTarget } from '../reading.ts';
import type { Kind } from './kind.ts';
import { undoes } from './kind.ts';
import type { TargetGraph } from './target-graph.ts';

/** How a target's prerequisites are shared out between Nx, preparations, and make itself. */
export interface TargetPlan {
  /** Prerequisites that are tasks of their own (`dependsOn`); make is told that they are up to date. */
  readonly dependsOn: readonly string[];
  /** Prerequisites that run once for one nx command, and only when this task really runs. */
  readonly preparations: readonly string[];
  /** Why make gets the target whole, where it does and there would have been something to split. */
  readonly whole?: string;
}

/** What the rest of the Makefile's targets are, for planning one of them. */
export interface PlanContext {
  readonly reading: MakeReading;
  readonly graph: TargetGraph;
  /** The kind of each exposed target, by its name in make. */
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Exposed builds whose outputs are known. */
  readonly restorable: ReadonlySet<string>;
  /** Hidden targets that more than one exposed target leads to: they must not run twice at a time. */
  readonly shared: ReadonlySet<string>;
}

/**
 * Decides what of `target` becomes `dependsOn`, what a preparation, and what stays with make, so that the outcome is
 * that of `make target`. In doubt make gets the whole target, as it was.
 */
export function planTarget(target: MakeTarget, context: PlanContext): TargetPlan {
  const { graph, kinds } = context;
  const prerequisites = graph.prerequisitesOf(target.name).filter((name) => graph.targets.has(name));
  const ranked = prerequisites.map((name) => ({ name, rank: rankOf(name, target, context) }));
  const dependsOn = ranked.filter(({ rank }) => rank === 'task').map(({ name }) => name);
  const actions = ranked.filter(({ rank }) => rank === 'preparation').map(({ name }) => name);
  const kept = ranked.filter(({ rank }) => rank === 'make').map(({ name }) => name);
  const preparations = kept.some((name) => isShared(name, context)) ? [...actions, ...kept] : actions;
  if (dependsOn.length === 0 && preparations.length === 0) return { dependsOn: [], preparations: [] };
  const whole =
    whyWhole(target, context) ?? whyOrdered(ranked, kinds) ?? whyEntangled(dependsOn, actions, kept, graph);
  return whole === undefined ? { dependsOn, preparations } : { dependsOn: [], preparations: [], whole };
}

type Rank = 'task' | 'preparation' | 'make' | 'nothing';

function rankOf(name: string, target: MakeTarget, { graph, kinds, restorable }: PlanContext): Rank {
  const kind = kinds.get(name);
  if (kind === 'check' || restorable.has(name)) return 'task';
  if (!graph.runsSomething(name)) return 'nothing';
  const own = kinds.get(target.name);
  return kind !== undefined && (own === 'check' || own === 'build') ? 'preparation' : 'make';
}

function isShared(name: string, { graph, shared }: PlanContext): boolean {
  return [...graph.reach(name)].some((reached) => shared.has(reached));
}

/** What about the target itself, or its Makefile, makes a split change the outcome. */
function whyWhole(target: MakeTarget, { reading }: PlanContext): string | undefined {
  if (!target.phony) return 'it is not phony: whether its recipe runs depends on its prerequisites';
  if (target.doubleColon) return 'it has double-colon rules';
  if (target.variables.length > 0)
    return `its prerequisites see its own variables (${target.variables.join(', ')})`;
  if (target.recipe.some((line) => /\$[?]|\$[({][?]/.test(line))) return 'its recipe reads $?';
  if (reading.features.notParallel) return 'the Makefile asks for no parallel runs';
  if (reading.features.readsGoals) return 'the Makefile reads MAKECMDGOALS';
  if (reading.fidelity !== 'exact') return 'the Makefile could not be read exactly';
  return undefined;
}

const order: Record<Rank, number> = { task: 0, preparation: 1, make: 2, nothing: -1 };

/** Tasks come first, then preparations, then what make does: a list that wants another order is make's. */
function whyOrdered(
  ranked: readonly { name: string; rank: Rank }[],
  kinds: ReadonlyMap<string, Kind>,
): string | undefined {
  let last: { name: string; rank: Rank } | undefined;
  for (const entry of ranked) {
    if (entry.rank === 'nothing') continue;
    if (last !== undefined && order[entry.rank] < order[last.rank])
      return `${entry.name} comes after ${last.name}`;
    if (entry.rank === 'preparation') {
      const kind = kinds.get(entry.name);
      if (kind !== 'action' && kind !== 'build') return `${entry.name} is a ${kind ?? 'private target'}`;
      if (undoes(entry.name)) return `${entry.name} takes away what others may need`;
    }
    last = entry;
  }
  return undefined;
}

/** `make -o NAME` also keeps make from remaking what depends on NAME: nothing that make still does may lead to it. */
function whyEntangled(
  dependsOn: readonly string[],
  actions: readonly string[],
  kept: readonly string[],
  graph: TargetGraph,
): string | undefined {
  const taken = new Set([...dependsOn, ...actions]);
  for (const name of [...actions, ...kept]) {
    const other = [...graph.reach(name)].find((reached) => reached !== name && taken.has(reached));
    if (other !== undefined) return `${name} also leads to ${other}`;
  }
  return undefined;
}
