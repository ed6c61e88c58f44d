import type { MakeReading, MakeTarget } from '../reading.ts';
import { parsePattern, stemOf } from '../language/index.ts';
import { kindByName } from './kind.ts';
import { escapeRegExp } from './name-pattern.ts';
import type { Patience } from './patience.ts';

/** The explicit rules of one Makefile as a graph. */
export class TargetGraph {
  readonly targets: ReadonlyMap<string, MakeTarget>;
  readonly #patience: Patience | undefined;
  readonly #patterns: readonly ReturnType<typeof parsePattern>[];

  constructor(reading: MakeReading, patience?: Patience) {
    this.#patience = patience;
    // `%:` matches every name, and source files are names too: what it really makes cannot be told from here.
    this.#patterns = (reading.patterns ?? []).filter((text) => text !== '%').map(parsePattern);
    this.targets = new Map(reading.targets.map((target) => [target.name, target]));
  }

  /** All prerequisites in the order in which make takes them up: normal ones, then order-only ones. */
  prerequisitesOf(name: string): readonly string[] {
    const target = this.targets.get(name);
    return target === undefined ? [] : [...target.prerequisites, ...target.orderOnly];
  }

  /** The targets that make may come to when it makes `name`, itself among them; not further than `stopAt`. */
  reach(name: string, stopAt: ReadonlySet<string> = new Set()): ReadonlySet<string> {
    const reached = new Set<string>();
    const open = [name];
    this.#patience?.look();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      this.#patience?.step();
      if (next !== name && stopAt.has(next)) continue;
      const prerequisites = this.prerequisitesOf(next);
      this.#patience?.spend(prerequisites.length);
      for (const prerequisite of prerequisites) open.push(prerequisite);
    }
    return reached;
  }

  /** Whether making `name` can run a recipe: its own or one below it. */
  runsSomething(name: string): boolean {
    return [...this.reach(name)].some((reached) => this.hasRecipe(reached));
  }

  /** Whether a name has a recipe, from its rule or from a pattern rule: those are searched for files alone. */
  hasRecipe(name: string): boolean {
    const target = this.targets.get(name);
    if (target !== undefined && (target.recipe.length > 0 || target.phony)) return target.recipe.length > 0;
    this.#patience?.step();
    const file = name.slice(name.lastIndexOf('/') + 1);
    return this.#patterns.some(
      (pattern) => stemOf(pattern, name) !== undefined || stemOf(pattern, file) !== undefined,
    );
  }

  /** Whether make has nothing at all to do for a name: no recipe to run, and no file that has to be there. */
  isEmpty(name: string): boolean {
    return this.targets.has(name) && !this.hasRecipe(name);
  }

  /**
   * A non-phony target that stands for a file: its name is a path, it has neither a recipe nor a command below it, its
   * recipe names it, or it is made from files. The rest are commands that nobody declared phony, as is common.
   */
  isFile(target: MakeTarget): boolean {
    if (target.phony) return false;
    this.#patience?.look();
    if (worksInFolder(target)) return false;
    if (isPath(target.name)) return true;
    if (target.recipe.length === 0) return !this.#standsForCommands(target);
    const fromFiles = target.prerequisites.some((name) => !this.targets.has(name));
    const byName = kindByName(target.name);
    if (fromFiles && byName === undefined) return true;
    // `test:` with `python setup.py test` names the subcommand, not a file that it makes.
    const alone = target.prerequisites.length === 0 && byName?.kind === 'check';
    const before = alone ? String.raw`(?:-o|>)\s*` : String.raw`(?:^|[\s/=])`;
    const ownName = new RegExp(
      String.raw`${before}${target.name.replace(/\W/g, String.raw`\$&`)}(?:$|[\s/;])`,
    );
    return target.recipe.some((line) => namesOwnFile(line) || ownName.test(stripCommandName(line)));
  }

  /** `version: FORCE`, where `FORCE` is nothing: make runs the recipe every time, whatever is there. */
  isForced(target: MakeTarget): boolean {
    return target.prerequisites.some((name) => {
      const found = this.targets.get(name);
      if (found === undefined || found.recipe.length + found.prerequisites.length > 0) return false;
      return found.phony || !isPath(name.replace(/^\./, ''));
    });
  }

  /** `lint: style types`: a name without a recipe for several names, of which one is a command. */
  #standsForCommands(target: MakeTarget): boolean {
    const seen = new Set([target.name]);
    const open = [target];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const name of next.prerequisites) {
        this.#patience?.step();
        const below = this.targets.get(name);
        if (below === undefined || seen.has(name)) continue;
        seen.add(name);
        const passesOn = !below.phony && below.recipe.length === 0 && !isPath(name);
        if (passesOn) open.push(below);
        else if (!this.isFile(below)) return true;
      }
    }
    return false;
  }
}

function isPath(name: string): boolean {
  return /[./]/.test(name);
}

/** `$(MAKE) -C $@`, `cd lib && ...`: a folder of sources that is there before. As an output, Nx would remove it. */
function worksInFolder({ name, recipe }: MakeTarget): boolean {
  if (!recipe.some((line) => /-C|--directory|cd|pushd/.test(line))) return false;
  const own = String.raw`(?:\$@|\$[({]@[)}]|${escapeRegExp(name)}(?![\w.-]))`;
  const into = new RegExp(
    String.raw`(?:-C\s*|--directory[=\s]\s*|(?:^|[\s(;&|@+-])(?:cd|pushd)\s+)["']?(?:\./)?${own}`,
  );
  return recipe.some((line) => into.test(line));
}

/** Whether a line makes `$@`; another make that is given it, or a function of the user, may take it for a goal. */
function namesOwnFile(line: string): boolean {
  if (/\$[({]MAKE[)}]|\$[({]call\s/.test(line)) return false;
  return line.includes('$@') || line.includes('$(@');
}

/** `-@go test ./...` names its tool first: `go`, and a subcommand that may be called like the target. */
function stripCommandName(line: string): string {
  return line
    .replace(/\$[^@]/g, ' ')
    .replace(/^[-@+\s]*\S+\s+/, '')
    .replace(/^[a-z][\w-]*/, '');
}
