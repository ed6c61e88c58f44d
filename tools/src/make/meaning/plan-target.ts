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
  const prerequisites = graph
    .prerequisitesOf(target.name)
    .filter((name) => graph.targets.has(name) || graph.hasRecipe(name));
  const ranked = prerequisites.map((name) => ({ name, rank: rankOf(name, target, context) }));
  const named = (rank: Rank): string[] =>
    ranked.filter((entry) => entry.rank === rank).map(({ name }) => name);
  const dependsOn = named('task');
  const kept = named('make');
  const shared = kept.some((name) => isShared(name, context)) ? withoutParts(kept, graph) : [];
  const preparations = [...named('preparation'), ...shared];
  if (dependsOn.length === 0 && preparations.length === 0) return { dependsOn: [], preparations: [] };
  const whole =
    whyWhole(target, context) ??
    whyOrdered(ranked, kinds) ??
    whyEntangled(target, dependsOn, preparations, kept, graph);
  return whole === undefined ? { dependsOn, preparations } : { dependsOn: [], preparations: [], whole };
}

type Rank = 'task' | 'preparation' | 'make' | 'nothing';

function rankOf(name: string, target: MakeTarget, { graph, kinds, restorable }: PlanContext): Rank {
  const kind = kinds.get(name);
  if (!graph.runsSomething(name)) return kind === 'check' ? 'task' : 'nothing';
  // Of several double-colon rules, make runs all but the first in spite of `-o`.
  if (graph.targets.get(name)?.doubleColon === true) return 'make';
  if (kind === 'check' || restorable.has(name)) return 'task';
  const own = kinds.get(target.name);
  const prepares = own === 'check' || own === 'build' || isBelowTask(name, target, { graph, kinds });
  return kind !== undefined && prepares ? 'preparation' : 'make';
}

/** Whether a check beside it needs it as well: that one runs it before, as its preparation. */
function isBelowTask(
  name: string,
  target: MakeTarget,
  { graph, kinds }: Pick<PlanContext, 'graph' | 'kinds'>,
): boolean {
  return graph
    .prerequisitesOf(target.name)
    .some((other) => other !== name && kinds.get(other) === 'check' && graph.reach(other).has(name));
}

function isShared(name: string, { graph, shared }: PlanContext): boolean {
  return [...graph.reach(name)].some((reached) => shared.has(reached));
}

/** Without the files that others of the list are made from: `make -o` would keep make from remaking those others. */
function withoutParts(names: readonly string[], graph: TargetGraph): string[] {
  return names.filter((name) => {
    const target = graph.targets.get(name);
    const isPart = names.some((other) => other !== name && graph.reach(other).has(name));
    return !isPart || target?.phony === true;
  });
}

/** What about the target itself, or its Makefile, makes a split change the outcome. */
function whyWhole(target: MakeTarget, { reading }: PlanContext): string | undefined {
  if (!target.phony) return 'it is not phony: whether its recipe runs depends on its prerequisites';
  if (target.doubleColon) return 'it has double-colon rules';
  if (target.variables.length > 0)
    return `its prerequisites see its own variables (${target.variables.join(', ')})`;
  if (target.recipe.some((line) => /\$[?]|\$[({][?]/.test(line))) return 'its recipe reads $?';
  if ((reading.patternVariableValues ?? []).length > 0)
    return 'the Makefile sets variables for patterns of targets, which their prerequisites see';
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
  target: MakeTarget,
  dependsOn: readonly string[],
  preparations: readonly string[],
  kept: readonly string[],
  graph: TargetGraph,
): string | undefined {
  // Make drops a prerequisite that leads back; Nx stops.
  const back = [...dependsOn, ...preparations].find((name) => graph.reach(name).has(target.name));
  if (back !== undefined) return `${back} needs ${target.name} itself`;
  const taken = new Set([...dependsOn, ...preparations]);
  for (const name of new Set([...preparations, ...kept])) {
    const other = [...graph.reach(name)].find((reached) => reached !== name && taken.has(reached));
    if (other !== undefined) return `${name} also leads to ${other}`;
  }
  return undefined;
}
