import { seededRandom } from './random.ts';
import type { Random } from './random.ts';

/** What a rule's recipe does. `none`: there is no recipe. */
export type Recipe = 'notes' | 'fails' | 'failure ignored' | 'none';

/** One rule of a random Makefile. */
export interface Rule {
  readonly name: string;
  readonly sort: 'check' | 'action' | 'file' | 'build' | 'private';
  readonly phony: boolean;
  readonly doubleColon: boolean;
  readonly prerequisites: readonly string[];
  readonly orderOnly: readonly string[];
  readonly recipe: Recipe;
}

/** A Makefile made by chance from a seed; the last rule is the goal. */
export interface RandomMakefile {
  readonly seed: number;
  readonly goal: 'verify' | 'all';
  readonly rules: readonly Rule[];
  readonly notParallel: boolean;
}

const NAMES = {
  check: ['lint', 'type-check', 'test', 'test-unit', 'docs-check', 'audit', 'vet', 'check'],
  action: ['up', 'dev-up', 'migrate', 'seed', 'deploy', 'down', 'clean', 'format', 'notify', 'restart'],
  file: ['out/a.txt', 'out/b.txt', 'out/c.txt'],
  build: ['out/site.txt', 'out/book.txt'],
  private: ['_prepare', '_generate'],
} as const;

const SORTS: readonly [Rule['sort'], ...Rule['sort'][]] = [
  ...([
    'check',
    'check',
    'check',
    'check',
    'action',
    'action',
    'action',
    'file',
    'private',
    'build',
  ] as const),
];

function recipeFor(random: Random, sort: Rule['sort'], mayFail: boolean): Recipe {
  if (mayFail && random.chance(0.2)) return 'fails';
  if (random.chance(0.03)) return 'failure ignored';
  return sort !== 'file' && sort !== 'build' && random.chance(0.12) ? 'none' : 'notes';
}

/** Makes the Makefile of a seed. */
export function randomMakefile(seed: number): RandomMakefile {
  const random = seededRandom(seed);
  const mayFail = random.chance(0.3);
  const rules: Rule[] = [];
  const free: Record<Rule['sort'], string[]> = {
    check: random.some(NAMES.check, 8),
    action: random.some(NAMES.action, 8),
    file: [...NAMES.file],
    build: [...NAMES.build],
    private: [...NAMES.private],
  };
  const add = (name: string, sort: Rule['sort'], most: number): void => {
    const below = rules.map((rule) => rule.name);
    const prerequisites = random.some(below, random.below(most + 1));
    const orderOnly = random.chance(0.15)
      ? random.some(
          below.filter((other) => !prerequisites.includes(other)),
          1,
        )
      : [];
    const isFile = sort === 'file' || sort === 'build';
    const recipe = recipeFor(random, sort, mayFail);
    rules.push({
      name,
      sort,
      phony: !isFile && (recipe === 'none' || !random.chance(0.08)),
      doubleColon: !isFile && random.chance(0.02),
      prerequisites,
      orderOnly,
      recipe,
    });
  };
  const count = 2 + random.below(6);
  for (let made = 0; made < count; made += 1) {
    const sort = random.pick(SORTS);
    const name = free[sort].pop();
    if (name !== undefined) add(name, sort, 3);
  }
  const goal = random.chance(0.7) ? 'verify' : 'all';
  add(goal, goal === 'verify' ? 'check' : 'action', 4);
  return { seed, goal, rules, notParallel: random.chance(0.03) };
}

function recipeLines({ name, sort, recipe }: Rule, log: string): string[] {
  const note = `@echo ${name} >> ${log}`;
  const make = sort === 'file' || sort === 'build' ? ['@mkdir -p out', `@touch ${name}`] : [];
  switch (recipe) {
    case 'none':
      return [];
    case 'notes':
      return [note, ...make];
    case 'failure ignored':
      return [note, '-@false', ...make];
    case 'fails':
      return [note, '@exit 3', ...make];
  }
}

/** The text of the Makefile; recipes append their target's name to `log`. */
export function makefileText(makefile: RandomMakefile, log: string): string {
  const phony = makefile.rules.filter((rule) => rule.phony).map((rule) => rule.name);
  const blocks = makefile.rules.toReversed().map((rule) => {
    const orderOnly = rule.orderOnly.length === 0 ? [] : ['|', ...rule.orderOnly];
    const head = [`${rule.name}${rule.doubleColon ? '::' : ':'}`, ...rule.prerequisites, ...orderOnly].join(
      ' ',
    );
    // Documented, so that it is a target of the project and not only a file for others.
    const documentation = rule.sort === 'build' ? ` ## Write ${rule.name}` : '';
    return [`${head}${documentation}`, ...recipeLines(rule, log).map((line) => `\t${line}`)].join('\n');
  });
  return [
    `.PHONY: ${phony.join(' ')}`,
    ...(makefile.notParallel ? ['.NOTPARALLEL:'] : []),
    ...blocks,
    '',
  ].join('\n');
}

/** All rules that a rule needs, directly or not, without itself. */
export function neededBy(makefile: RandomMakefile, name: string): ReadonlySet<string> {
  const needed = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const rule = makefile.rules.find((candidate) => candidate.name === next);
    for (const below of [...(rule?.prerequisites ?? []), ...(rule?.orderOnly ?? [])]) {
      if (!needed.has(below)) open.push(below);
      needed.add(below);
    }
  }
  return needed;
}
