import { readdir } from 'node:fs/promises';
import path from 'node:path';

const names = ['GNUmakefile', 'makefile', 'Makefile'];
const passedOver = new Set(['node_modules', '.git']);

/** Finds the Makefiles below a folder, relative to it, in a stable order; of several in one folder the one make takes. */
export async function findMakefiles(root: string, folder = '.'): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true });
  const files = new Set(entries.filter((entry) => entry.isFile()).map((entry) => entry.name));
  const own = names.find((name) => files.has(name));
  const found = own === undefined ? [] : [path.join(folder, own)];
  const folders = entries.filter((entry) => entry.isDirectory() && !passedOver.has(entry.name));
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    found.push(...(await findMakefiles(root, path.join(folder, name))));
  }
  return found;
}
