import path from 'node:path';
import type { MakeReading } from '../reading.ts';
import { expandText } from './expand-text.ts';
import { Patience } from './patience.ts';
import { tameReading } from './tame-reading.ts';

/** A place outside the Makefile's folder that it names. */
export interface Reference {
  /** Absolute. */
  readonly path: string;
  /** The makefile that names it, absolute. */
  readonly makefile: string;
}

const mostReferences = 5000;

const folderArgument = /(?:^|\s)(?:-C\s*|--directory[= ]|cd\s+(?:--\s+)?)["']?([^\s"';&|)]+)/g;

/**
 * Files and folders that a Makefile's recipes, prerequisites and includes name: `$(MAKE) -C ../other`,
 * `include ../common.mk`, `../schema/api.json`. Variables that the makefiles set to plain text are followed.
 */
export function findReferences(whole: MakeReading): readonly Reference[] {
  const reading = tameReading(whole);
  const patience = new Patience();
  const folder = path.dirname(reading.makefile);
  const found = new Map<string, Reference>();
  const add = (text: string, makefile: string): void => {
    if (found.size >= mostReferences || text === '' || text.includes('$') || text.startsWith('~')) return;
    const absolute = path.resolve(folder, text);
    if (absolute !== folder && !found.has(absolute)) found.set(absolute, { path: absolute, makefile });
  };
  for (const file of reading.makefiles.slice(1)) add(file, reading.makefile);
  for (const target of reading.targets) {
    patience.spend(20 * (1 + target.recipe.length));
    if (patience.spent) break;
    const makefile =
      target.location === undefined ? reading.makefile : path.resolve(folder, target.location.file);
    for (const name of [...target.prerequisites, ...target.orderOnly])
      if (name.includes('/')) add(name, makefile);
    for (const line of target.recipe) {
      const text = expandText(line, reading);
      for (const argument of text.matchAll(folderArgument)) add(argument[1] ?? '', makefile);
      for (const word of text.split(/[\s"'=;&|<>(),]+/))
        if (isPath(word)) add(word.replace(/^-\w(?=\.)/, ''), makefile);
    }
  }
  return [...found.values()];
}

function isPath(word: string): boolean {
  return word.includes('/') && !word.includes('://') && !word.startsWith('/') && !/[*?:@\\`]/.test(word);
}
