import path from 'node:path';
import type { MakeReading } from '../reading.ts';
import { composeCalls, composeReading, type ComposeCall } from './compose-calls.ts';
import type { Kind } from './kind.ts';
import type { Patience } from './patience.ts';
import type { TargetGraph } from './target-graph.ts';

/** Which environment a recipe works with, and how. Paths are relative to the Makefile's folder. */
export interface ComposeUse {
  /** The make target whose recipe says so. */
  readonly makeTarget: string;
  /** Where Compose looks for its files. */
  readonly folder: string;
  /** In the order of `-f`; empty where Compose takes the folder's default ones. Absent where not known. */
  readonly files?: readonly string[];
  /** The compose project, where the recipe names it. */
  readonly project?: string;
  /** It is named, but in a way that cannot be made out. */
  readonly unknownProject?: true;
  /** Several tasks that only run commands in an environment may do so at once. */
  readonly mode: 'shared' | 'exclusive';
}

/** A preparation that brings an environment up; the mode is that in which the target then works with it. */
export interface PreparedEnvironment extends ComposeUse {
  readonly preparation: string;
}

/** What the targets of one Makefile do with Compose. */
export interface ComposeUses {
  /** What runs for a target itself, without its tasks and preparations (`elsewhere`). */
  of: (
    target: { readonly name: string; readonly kind: Kind },
    elsewhere: ReadonlySet<string>,
  ) => readonly ComposeUse[];
  /** The environments that the preparations of a target bring up. */
  preparedFor: (
    target: { readonly name: string; readonly kind: Kind },
    preparations: readonly string[],
  ) => readonly PreparedEnvironment[];
}

/** They change an environment as a whole. */
const lifecycle = new Set([
  ...['up', 'down', 'start', 'stop', 'restart', 'rm', 'kill', 'create', 'build', 'pull', 'push'],
  ...['pause', 'unpause', 'scale'],
]);
const bringing = new Set(['up', 'start']);
const inside = new Set(['exec', 'run', 'cp']);
const testName = /^test|(?:^|[-_:/.])(?:py)?tests?(?:$|[-_:/.])|e2e/;

/** Finds what the targets of a Makefile do with Compose. Undefined where nothing is. */
export function findComposeUses(
  whole: MakeReading,
  graph: TargetGraph,
  patience: Patience,
): ComposeUses | undefined {
  const reading = composeReading(whole);
  if (reading === undefined) return undefined;
  const calls = new Map<string, readonly ComposeCall[]>();
  const goals = new Map<string, readonly string[]>();
  for (const target of reading.targets) {
    patience.look();
    patience.spend(10 * target.recipe.length);
    const found = composeCalls(target, reading, patience);
    if (found.length > 0) calls.set(target.name, found);
    const again = ownGoals(target.recipe).filter((name) => graph.targets.has(name));
    if (again.length > 0) goals.set(target.name, again);
  }
  if (calls.size === 0) return undefined;
  const callsOf = (name: string, elsewhere: ReadonlySet<string>): ComposeCall[] =>
    [...runBy(name, elsewhere, graph, goals)].flatMap((reached) => calls.get(reached) ?? []);
  const home = path.dirname(reading.makefile);
  return {
    of: ({ name, kind }, elsewhere) =>
      merge(
        callsOf(name, elsewhere).flatMap((call) => {
          const mode = modeOf(call, name, kind);
          return mode === undefined ? [] : [useOf(call, mode, home)];
        }),
      ),
    preparedFor: ({ name, kind }, preparations) => {
      const mode = modeOf({ subcommand: 'exec', endless: false }, name, kind);
      if (mode === undefined) return [];
      return preparations.flatMap((preparation) => {
        const ups = callsOf(preparation, new Set()).filter(({ subcommand }) => bringing.has(subcommand));
        return merge(ups.map((call) => useOf(call, mode, home))).map((use) => ({ ...use, preparation }));
      });
    },
  };
}

/** All targets whose recipes run when make is given `name`; also through `$(MAKE) other` in a recipe. */
function runBy(
  name: string,
  elsewhere: ReadonlySet<string>,
  graph: TargetGraph,
  goals: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    for (const reached of graph.reach(next, elsewhere)) {
      if (found.has(reached) || (reached !== next && elsewhere.has(reached))) continue;
      found.add(reached);
      open.push(...(goals.get(reached) ?? []));
    }
  }
  return found;
}

/** Goals for a make of the same Makefile: `@$(MAKE) --no-print-directory test-up`. */
function ownGoals(recipe: readonly string[]): string[] {
  return recipe.flatMap((line) => {
    if (!/make/i.test(line)) return [];
    return [...line.matchAll(/(?:\$[({]MAKE[)}]|(?<![\w./-])make)(?=\s)([^;&|\n]*)/g)].flatMap(
      ([, words = '']) =>
        /\s-\w*[Cf]|--directory|--file|--makefile/.test(words)
          ? []
          : words.split(/\s+/).filter((word) => /^\w[\w./:-]*$/.test(word)),
    );
  });
}

/**
 * A service and what talks with a person hold nothing: they may last for hours, and are often what others work with.
 * What changes an environment has it alone, and so has a test, and an action inside it (`migrate`); other checks share it.
 */
function modeOf(
  { subcommand, endless }: Pick<ComposeCall, 'subcommand' | 'endless'>,
  name: string,
  kind: Kind,
): ComposeUse['mode'] | undefined {
  if (kind === 'service' || kind === 'interactive') return undefined;
  if (endless && kind !== 'check') return undefined;
  if (lifecycle.has(subcommand)) return 'exclusive';
  if (!inside.has(subcommand)) return undefined;
  return kind === 'check' && !testName.test(name) ? 'shared' : 'exclusive';
}

function useOf(call: ComposeCall, mode: ComposeUse['mode'], home: string): ComposeUse {
  const relative = (absolute: string): string => path.relative(home, absolute) || '.';
  return {
    makeTarget: call.makeTarget,
    folder: relative(call.folder),
    ...(call.files === undefined ? {} : { files: call.files.map(relative) }),
    ...(call.project === undefined ? {} : { project: call.project }),
    ...(call.unknownProject === undefined ? {} : { unknownProject: call.unknownProject }),
    mode,
  };
}

/** One use for each environment: of several, the one that has it alone. */
function merge(uses: readonly ComposeUse[]): ComposeUse[] {
  const merged = new Map<string, ComposeUse>();
  for (const use of uses) {
    const key = JSON.stringify([use.folder, use.files ?? null, use.project ?? null, use.unknownProject]);
    if (use.mode === 'exclusive' || !merged.has(key)) {
      if (merged.get(key)?.mode !== 'exclusive') merged.set(key, use);
    }
  }
  return [...merged.values()];
}
