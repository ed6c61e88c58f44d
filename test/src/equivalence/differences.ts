import { neededBy } from './random-makefile.ts';
import type { RandomMakefile } from './random-makefile.ts';

/** What a run of one Makefile's goal did. */
export interface Run {
  readonly succeeded: boolean;
  /** Recipes in the order in which they began. */
  readonly recipes: readonly string[];
}

/** A run by Nx, with the targets whose result came from the cache. */
export interface NxRun extends Run {
  readonly hits: readonly string[];
}

const list = (names: Iterable<string>): string => [...names].join(' ') || '(nothing)';

const without = (names: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...names].filter((name) => !others.has(name));

/** In which ways what Nx did is not what make did, or could have done; none when all is well. */
export function differences(makefile: RandomMakefile, make: Run, nx: Run): string[] {
  const found: string[] = [];
  if (make.succeeded !== nx.succeeded) {
    found.push(
      `make ${make.succeeded ? 'succeeded' : 'failed'} and nx ${nx.succeeded ? 'succeeded' : 'failed'}`,
    );
  }
  const made = new Set(make.recipes);
  const ran = new Set(nx.recipes);
  found.push(...(make.succeeded ? setDifferences(made, ran) : failureDifferences(makefile, ran)));
  return [...found, ...orderDifferences(makefile, make, nx)];
}

/** Recipes that nx ran more than once: make never does, but where they are harmless to repeat the outcome is the same. */
export function repeated(nx: Run): string[] {
  return [...new Set(nx.recipes.filter((name, at) => nx.recipes.indexOf(name) !== at))];
}

function setDifferences(made: ReadonlySet<string>, ran: ReadonlySet<string>): string[] {
  const missing = without(made, ran);
  const extra = without(ran, made);
  return [
    ...(missing.length > 0 ? [`nx did not run: ${list(missing)}`] : []),
    ...(extra.length > 0 ? [`nx ran as well: ${list(extra)}`] : []),
  ];
}

/** make stops at the first failure, Nx goes on with what does not depend on it. */
function failureDifferences(makefile: RandomMakefile, ran: ReadonlySet<string>): string[] {
  const failed = makefile.rules.filter((rule) => rule.recipe === 'fails' && ran.has(rule.name));
  if (failed.length === 0) return ['nx failed without running a recipe that fails'];
  const goal = new Set([...neededBy(makefile, makefile.goal), makefile.goal]);
  const strange = without(ran, goal);
  return [
    ...(strange.length > 0 ? [`nx ran what ${makefile.goal} does not need: ${list(strange)}`] : []),
    ...[...ran].flatMap((name) => {
      const failures = failed.filter((rule) => neededBy(makefile, name).has(rule.name));
      return failures.length === 0
        ? []
        : [`nx ran ${name} though ${list(failures.map((rule) => rule.name))} failed`];
    }),
  ];
}

/** Prerequisites come first; and where a list names an action, what stands before and after it stays so. */
function orderDifferences(makefile: RandomMakefile, make: Run, nx: Run): string[] {
  const before = (run: Run, first: string, second: string): boolean =>
    run.recipes.includes(first) &&
    run.recipes.includes(second) &&
    run.recipes.indexOf(first) < run.recipes.indexOf(second);
  const isAction = (name: string): boolean =>
    makefile.rules.some((rule) => rule.name === name && rule.sort === 'action');
  return makefile.rules.flatMap((rule) => [
    ...[...neededBy(makefile, rule.name)]
      .filter((needed) => before(nx, rule.name, needed))
      .map((needed) => `nx ran ${rule.name} before ${needed}, which it needs`),
    ...rule.prerequisites.flatMap((first, at) =>
      rule.prerequisites
        .slice(at + 1)
        .filter((second) => isAction(first) !== isAction(second))
        .filter((second) => before(make, first, second) && before(nx, second, first))
        .map((second) => `nx ran ${second} before ${first}, which ${rule.name} names first`),
    ),
  ]);
}

/** What is wrong with a second run of the same goal, when nothing was changed after the first. */
export function secondRunDifferences(makefile: RandomMakefile, first: NxRun, second: NxRun): string[] {
  if (!first.succeeded) return [];
  const found: string[] = [];
  if (!second.succeeded) found.push('the second nx run failed, the first did not');
  // A cached target runs rightly when make needs it for another one that it was given whole.
  const again = second.recipes.filter(
    (name) =>
      second.hits.includes(name) && !second.recipes.some((other) => neededBy(makefile, other).has(name)),
  );
  if (again.length > 0) found.push(`the second nx run took from the cache, and ran: ${list(again)}`);
  const extra = without(new Set(second.recipes), new Set(first.recipes));
  if (extra.length > 0) found.push(`the second nx run ran more than the first: ${list(extra)}`);
  const goal = makefile.rules.at(-1);
  if (makefile.goal === 'verify') {
    if (second.recipes.length > 0) found.push(`all was cached, and nx ran again: ${list(second.recipes)}`);
  } else if (goal?.recipe !== 'none' && !second.recipes.includes(makefile.goal)) {
    found.push(`${makefile.goal} is an action, and the second nx run did not run it`);
  }
  return found;
}
