import type { Kind } from './kind.ts';
import type { TargetPlan } from './plan-target.ts';
import type { TargetGraph } from './target-graph.ts';

/**
 * The locks, by exposed target, that keep two tasks from running one hidden recipe at the same time, where plans could
 * not make it a preparation of all of them: `make:./NAME`. A preparation holds the lock of its name while it runs, by itself;
 * a task holds those of what it runs inside its own make, and of what its preparations come to below them.
 */
export function recipeLocks(
  plans: ReadonlyMap<string, TargetPlan>,
  shared: ReadonlySet<string>,
  kinds: ReadonlyMap<string, Kind>,
  graph: TargetGraph,
): ReadonlyMap<string, readonly string[]> {
  if (shared.size === 0) return new Map();
  const runs = new Map([...plans].map(([name, plan]) => [name, runOf(name, plan, shared, graph)]));
  const users = new Map<string, Set<string>>();
  const use = (recipe: string, user: string): void => {
    users.set(recipe, (users.get(recipe) ?? new Set()).add(user));
  };
  for (const [name, { own, prepared }] of runs) {
    if (!ends(kinds.get(name))) continue;
    for (const recipe of own) use(recipe, `task ${name}`);
    for (const [preparation, recipes] of prepared) {
      for (const recipe of recipes) use(recipe, `preparation ${preparation}`);
    }
  }
  const isContended = (recipe: string): boolean => (users.get(recipe)?.size ?? 0) > 1;
  return new Map(
    [...runs].map(([name, { own, prepared }]) => {
      const below = [...prepared].flatMap(([preparation, recipes]) =>
        recipes.filter((recipe) => recipe !== preparation),
      );
      const held = [...own, ...below].filter(isContended);
      // All at once or one at a time: who holds some and waits for another could be waited for by its holder.
      const direct = held.length === 0 ? [] : [...prepared.keys()];
      const locks = ends(kinds.get(name)) ? new Set([...held, ...direct]) : [];
      return [name, [...locks].map((recipe) => `make:./${recipe}`)];
    }),
  );
}

/** A task that runs on and on would keep its locks from all others. */
function ends(kind: Kind | undefined): boolean {
  return kind !== 'service' && kind !== 'interactive';
}

/** Which of the shared recipes a task runs: in its own make, and in that of each of its preparations. */
function runOf(
  name: string,
  { dependsOn, preparations }: TargetPlan,
  shared: ReadonlySet<string>,
  graph: TargetGraph,
): { own: readonly string[]; prepared: ReadonlyMap<string, readonly string[]> } {
  const isShared = (reached: string): boolean => shared.has(reached);
  const elsewhere = new Set([...dependsOn, ...preparations]);
  const own = [...graph.reach(name, elsewhere)].filter((one) => isShared(one) && !elsewhere.has(one));
  const prepared = preparations.map((one) => [one, [...graph.reach(one)].filter(isShared)] as const);
  return { own, prepared: new Map(prepared) };
}
