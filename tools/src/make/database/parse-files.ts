import type { Location } from '../reading.ts';
import { parseFrom, parseOriginComment } from './parse-variables.ts';

/** One entry of the database's "Files" section: a target, or a name that is only mentioned. */
export interface FileEntry {
  readonly name: string;
  /** What stands behind the colon, not yet split: make does not quote the names that it prints. */
  readonly behind: string;
  readonly doubleColon: boolean;
  readonly isTarget: boolean;
  readonly phony: boolean;
  readonly recipe: readonly string[];
  readonly location?: Location;
  readonly variables: readonly string[];
  /** make itself searched a pattern rule for it: it does that for makefiles, and `%:` makes a target of them. */
  readonly byPattern: boolean;
  /** make looked for it and did not find it: an optional include that is missing. */
  readonly missing: boolean;
}

/** Reads the entries of the "Files" section that starts at `start`. A double-colon target has one entry a rule. */
export function parseFiles(lines: readonly string[], start: number): FileEntry[] {
  const entries: FileEntry[] = [];
  let at = start;
  while (at < lines.length) {
    if (lines[at] === '# files hash-table stats:') break;
    if (lines[at] === '') {
      at += 1;
      continue;
    }
    const end = endOfEntry(lines, at);
    const entry = parseEntry(lines.slice(at, end));
    if (entry !== undefined) entries.push(entry);
    at = end;
  }
  return entries;
}

/** An empty line ends an entry; one inside the value of a target's own variable does not, for no entry has begun. */
function endOfEntry(lines: readonly string[], start: number): number {
  let at = start;
  while (at < lines.length && lines[at] !== '') at += 1;
  return at;
}

function parseEntry(lines: readonly string[]): FileEntry | undefined {
  const prefix = readVariablesAbove(lines);
  let at = prefix.next;
  const isTarget = lines[at] !== '# Not a target:';
  if (!isTarget) at += 1;
  const head = splitHead(lines[at] ?? '');
  if (head === undefined) return undefined;
  const variables = prefix.names;
  const recipe: string[] = [];
  let location: Location | undefined;
  let phony = false;
  let missing = false;
  let searched = false;
  let hasStem = false;
  let inRecipe = false;
  for (at += 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (inRecipe && line.startsWith('\t')) {
      addRecipeLine(recipe, line.slice(1));
    } else if (line.startsWith('#  Phony target')) {
      phony = true;
    } else if (line === '#  Implicit rule search has been done.') {
      searched = true;
    } else if (line.startsWith('#  Implicit/static pattern stem:')) {
      hasStem = true;
    } else if (line === '#  File does not exist.') {
      missing = true;
    } else if (/^# {2}(?:recipe|commands) to execute/.test(line)) {
      inRecipe = true;
      location = parseFrom(line);
    } else if (parseOriginComment(line)?.origin === 'file') {
      // Before make 4.3 a target's own variables stand below it, as comments.
      const name = /^# (\S+) :*= ?/.exec(lines[at + 1] ?? '')?.[1];
      if (name !== undefined) variables.push(name);
    }
  }
  return {
    ...head,
    isTarget,
    phony,
    recipe,
    variables: [...new Set(variables)],
    missing,
    byPattern: searched && hasStem,
    ...(location === undefined ? {} : { location }),
  };
}

/** From make 4.3 on a target's own variables stand above it, each with a comment: `debug: CFLAGS += -g`. */
function readVariablesAbove(lines: readonly string[]): { names: string[]; next: number } {
  const names: string[] = [];
  let next = 0;
  while (parseOriginComment(lines[next] ?? '') !== undefined) {
    const definition = lines[next + 1] ?? '';
    const found = /^(.*?): (?:define )?(\S+) [:+?!]*=/.exec(definition);
    const [, target, name] = found ?? [];
    next += 2;
    if (target === undefined || name === undefined) continue;
    names.push(name);
    // The value may go on over several lines: up to the next comment or the target itself.
    while (next < lines.length && !isHeadOf(target, lines[next] ?? '')) next += 1;
  }
  return { names, next };
}

function isHeadOf(target: string, line: string): boolean {
  return (
    line.startsWith(`${target}:`) || line === '# Not a target:' || parseOriginComment(line) !== undefined
  );
}

/** The name ends at the first colon that a blank, a second colon or nothing follows: names may hold colons themselves. */
function splitHead(line: string): Pick<FileEntry, 'name' | 'behind' | 'doubleColon'> | undefined {
  if (line.startsWith('#')) return undefined;
  const found = /^(.+?)(::?)(?: (.*))?$/.exec(line);
  const [, name, colons, behind = ''] = found ?? [];
  return name === undefined ? undefined : { name, behind, doubleColon: colons === '::' };
}

/** make prints each physical line; those that a backslash joins are one line of the recipe. */
function addRecipeLine(recipe: string[], line: string): void {
  const last = recipe.at(-1);
  if (last !== undefined && /(?:^|[^\\])(?:\\\\)*\\$/.test(last))
    recipe[recipe.length - 1] = `${last}\n${line}`;
  else recipe.push(line);
}
