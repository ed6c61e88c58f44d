import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Location } from '../reading.ts';

/** What make's database does not tell, and the text of the makefiles does. */
export interface ScannedSources {
  /** Where a name stands first as a literal target. */
  readonly places: ReadonlyMap<string, Location>;
  /** By file: the line of the rule that each line belongs to, where it is a line of a recipe; itself otherwise. */
  readonly ruleLines: ReadonlyMap<string, readonly number[]>;
  readonly exported: readonly string[];
  readonly readsGoals: boolean;
  /** Names of variables that are referenced and may come from the environment. */
  readonly referenced: ReadonlySet<string>;
}

const largest = 32 * 1024 * 1024;

/** Scans the makefiles, given as make names them, from `folder`. Files that are gone or not regular are passed over. */
export async function scanSources(folder: string, makefiles: readonly string[]): Promise<ScannedSources> {
  const places = new Map<string, Location>();
  const ruleLines = new Map<string, number[]>();
  const exported = new Set<string>();
  const referenced = new Set<string>();
  let readsGoals = false;
  for (const file of makefiles) {
    const text = await readRegular(path.resolve(folder, file));
    if (text.includes('MAKECMDGOALS')) readsGoals = true;
    for (const [, name] of text.matchAll(/\$[({]([A-Za-z_]\w*)/g))
      if (name !== undefined) referenced.add(name);
    for (const [, name] of text.matchAll(/^ *(?:export +)?([A-Za-z_]\w*) *\?=/gm)) {
      if (name !== undefined) referenced.add(name);
    }
    for (const [, name] of text.matchAll(/^ *(?:else +)?ifn?def +([A-Za-z_]\w*)/gm)) {
      if (name !== undefined) referenced.add(name);
    }
    for (const name of exports(text)) exported.add(name);
    const lines = text.split('\n');
    for (const [name, line] of targets(lines)) if (!places.has(name)) places.set(name, { file, line });
    ruleLines.set(file, findRuleLines(lines));
  }
  return { places, ruleLines, exported: [...exported], readsGoals, referenced };
}

async function readRegular(file: string): Promise<string> {
  try {
    const found = await stat(file);
    return found.isFile() && found.size <= largest ? await readFile(file, 'utf8') : '';
  } catch {
    return '';
  }
}

/** `export NAME ...`, `export NAME = value`, `override export NAME`, and a bare `export`, which is `*`. */
function* exports(text: string): Generator<string> {
  for (const [, behind = ''] of text.matchAll(/^ *(?:override +)?export(?: +([^\n]*))?$/gm)) {
    const bare = behind.replace(/#.*/, '').trim();
    if (bare === '') yield '*';
    const assigned = /^([^\s:?+!=]+)\s*[:?+!]*=/.exec(bare)?.[1];
    if (assigned !== undefined) yield assigned;
    else yield* bare.split(/\s+/).filter((word) => /^[A-Za-z_]\w*$/.test(word));
  }
}

function* targets(lines: readonly string[]): Generator<[string, number]> {
  let line = 0;
  for (const content of lines) {
    line += 1;
    const colon = content.indexOf(':');
    if (colon <= 0 || content.startsWith('\t') || content.startsWith('#') || content[colon + 1] === '=')
      continue;
    for (const name of content.slice(0, colon).split(/\s+/)) if (name !== '') yield [name, line];
  }
}

function findRuleLines(lines: readonly string[]): number[] {
  const found: number[] = [];
  let rule = 0;
  let line = 0;
  let continued = false;
  for (const content of lines) {
    line += 1;
    const inRecipe = content.startsWith('\t') || continued;
    if (!inRecipe && content !== '' && !content.startsWith('#')) rule = line;
    found[line] = inRecipe && rule > 0 ? rule : line;
    continued = content.endsWith('\\');
  }
  return found;
}
