import type { TargetGraph } from './target-graph.ts';
import type { TargetPlan } from './plan-target.ts';

/**
 * The recipe, if any, that would run twice when `name` runs as planned: two of its tasks and preparations lead to it,
 * where one `make` would run it once. A file's does not count: the second make finds it up to date.
 */
export function findRepeatedRecipe(
  name: string,
  plans: ReadonlyMap<string, TargetPlan>,
  graph: TargetGraph,
): string | undefined {
  const owners = new Map<string, string>();
  const visited = new Set<string>();
  /** Notes what one process runs; gives the first that another one has run. */
  const claim = (owner: string, run: Iterable<string>): string | undefined => {
    for (const reached of run) {
      const target = graph.targets.get(reached);
      if (target === undefined || target.recipe.length === 0 || graph.isFile(target)) continue;
      const other = owners.get(reached);
      if (other !== undefined && other !== owner) return reached;
      owners.set(reached, owner);
    }
    return undefined;
  };
  const open = [name];
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    if (visited.has(task)) continue;
    visited.add(task);
    const plan = plans.get(task) ?? { dependsOn: [], preparations: [] };
    const elsewhere = new Set([...plan.dependsOn, ...plan.preparations]);
    const own = [...graph.reach(task, elsewhere)].filter((reached) => !elsewhere.has(reached));
    let repeated = claim(`task ${task}`, own);
    for (const preparation of plan.preparations) {
      repeated ??= claim(`preparation ${preparation}`, graph.reach(preparation));
    }
    if (repeated !== undefined) return repeated;
    open.push(...plan.dependsOn);
  }
  return undefined;
}
