import type { MakeTarget } from '../reading.ts';
import { parseFiles, type FileEntry } from './parse-files.ts';
import { parseVariables, type PrintedVariable } from './parse-variables.ts';
import { createSuffixRuleTest, isSpecialTarget } from './special-targets.ts';
import { indexSpacedNames, splitPrerequisites } from './split-prerequisites.ts';

/** What `make --print-data-base` says, before places and sources are added. */
export interface ParsedDatabase {
  /** Explicit targets in the database's own order, which is that of a hash table. */
  readonly targets: readonly MakeTarget[];
  /** Those of them that may be targets only because make found a pattern rule for a makefile. */
  readonly byPattern: ReadonlySet<string>;
  readonly variables: ReadonlyMap<string, PrintedVariable>;
  readonly defaultGoal?: string;
  /** MAKEFILE_LIST, as make names the files. */
  readonly makefiles: readonly string[];
  /** Special targets that are set (`.ONESHELL` ...). */
  readonly special: ReadonlySet<string>;
  readonly waits: boolean;
  /** Files that make looked for as includes and did not find. */
  readonly missing: readonly string[];
  /** False where the text ends before the database does. */
  readonly complete: boolean;
}

const header = '# Make data base, printed on ';

/** Reads the output of `make --print-data-base`; what was printed before the database is passed over. Undefined: there is none. */
export function parseDatabase(text: string): ParsedDatabase | undefined {
  const lines = text.split('\n');
  // The last one: a sub-make that remakes an include prints its own database first.
  const start = lines.findLastIndex((line) => line.startsWith(header));
  if (start < 0) return undefined;
  const variables = parseVariables(lines, start + 1);
  const files = lines.indexOf('# Files', start);
  const entries = files < 0 ? [] : parseFiles(lines, files + 1);
  const declaredSuffixes = entries.find((entry) => entry.name === '.SUFFIXES')?.behind.split(' ') ?? [];
  const isSuffixRule = createSuffixRuleTest(declaredSuffixes);
  const explicit = entries.filter((entry) => entry.isTarget);
  const shown = explicit.filter((entry) => !isSpecialTarget(entry.name) && !isSuffixRule(entry.name));
  const spaced = indexSpacedNames(entries.map((entry) => entry.name));
  const defaultGoal = variables.get('.DEFAULT_GOAL')?.value ?? '';
  return {
    targets: mergeRules(shown, spaced),
    byPattern: new Set(shown.filter((entry) => entry.byPattern).map((entry) => entry.name)),
    variables,
    ...(defaultGoal === '' ? {} : { defaultGoal }),
    makefiles: splitWords(variables.get('MAKEFILE_LIST')?.value ?? ''),
    special: new Set(explicit.map((entry) => entry.name).filter(isSpecialTarget)),
    waits: entries.some((entry) => entry.name === '.WAIT'),
    missing: entries.filter((entry) => !entry.isTarget && entry.missing).map((entry) => entry.name),
    complete: lines.some((line, index) => index > start && line.startsWith('# Finished Make data base')),
  };
}

function mergeRules(
  entries: readonly FileEntry[],
  spaced: ReadonlyMap<string, readonly string[]>,
): MakeTarget[] {
  const targets = new Map<string, MakeTarget>();
  for (const entry of entries) {
    const { prerequisites, orderOnly } = splitPrerequisites(entry.behind, spaced);
    const before = targets.get(entry.name);
    const location = before?.location ?? entry.location;
    const normal = union(before?.prerequisites, prerequisites).filter((name) => name !== '.WAIT');
    targets.set(entry.name, {
      name: entry.name,
      phony: entry.phony || before?.phony === true,
      prerequisites: normal,
      orderOnly: union(before?.orderOnly, orderOnly).filter(
        (name) => name !== '.WAIT' && !normal.includes(name),
      ),
      recipe: [...(before?.recipe ?? []), ...entry.recipe],
      doubleColon: entry.doubleColon,
      variables: union(before?.variables, entry.variables),
      ...(location === undefined ? {} : { location }),
    });
  }
  return [...targets.values()];
}

function union(first: readonly string[] | undefined, second: readonly string[]): string[] {
  return [...new Set([...(first ?? []), ...second])];
}

function splitWords(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
