import { statSync } from 'node:fs';
import path from 'node:path';
import type { InferenceOptions } from '@switchyard/tools/make';

/** A folder that may be a project, and what makes it one; paths are relative to the workspace. */
export interface ProjectFolder {
  readonly makefile?: string;
  /** By their names alone: whether they are compose files is not known yet. */
  readonly composeFiles: readonly string[];
}

/** make's own order of preference where a folder has several. */
const preference = ['GNUmakefile', 'makefile', 'Makefile'];

const composeName = /^(?:docker-)?compose(?:[.-][^/]+)?\.ya?ml$/;
/** Folders whose YAML files belong to the project around them. */
const composeFolders = new Set(['compose', 'docker']);

/** What Nx is to look for: Makefiles, compose files, and the manifests that it makes projects of by itself. */
export const projectFiles = `**/{${[
  ...preference,
  ...['package.json', 'project.json'],
  ...['compose', 'docker-compose'].flatMap((name) =>
    ['yml', 'yaml'].flatMap((extension) => [
      `${name}.${extension}`,
      `${name}.*.${extension}`,
      `${name}-*.${extension}`,
    ]),
  ),
  ...[...composeFolders].flatMap((folder) => [`${folder}/*.yml`, `${folder}/*.yaml`]),
].join(',')}}`;

/** The folders that these files make projects of, by their path relative to the workspace. */
export function projectFolders(
  workspaceRoot: string,
  files: readonly string[],
  options: Pick<InferenceOptions, 'ignore' | 'compose'>,
): ReadonlyMap<string, ProjectFolder> {
  const folders = new Map<string, { makefile?: string; composeFiles: string[] }>();
  const rank = (file: string): number => preference.indexOf(path.posix.basename(file));
  for (const file of files.toSorted()) {
    const isMakefile = preference.includes(path.posix.basename(file));
    const root = isMakefile ? path.posix.dirname(file) : options.compose ? composeRoot(file) : undefined;
    if (root === undefined) continue;
    if (options.ignore.some((glob) => path.matchesGlob(file, glob))) continue;
    const known = folders.get(root);
    if (known === undefined && wouldHang(workspaceRoot, root)) continue;
    const folder = known ?? { composeFiles: [] };
    if (!isMakefile) folder.composeFiles.push(file);
    else if (folder.makefile === undefined || rank(file) < rank(folder.makefile)) folder.makefile = file;
    folders.set(root, folder);
  }
  return folders;
}

/** The folder that a compose file belongs to; undefined for any other file. */
function composeRoot(file: string): string | undefined {
  if (!/\.ya?ml$/.test(file)) return undefined;
  const folder = path.posix.dirname(file);
  if (composeFolders.has(path.posix.basename(folder))) return path.posix.dirname(folder);
  return composeName.test(path.posix.basename(file)) ? folder : undefined;
}

/** Nx opens these files of every project by itself, and waits for ever where one is a pipe or a device. */
export function wouldHang(workspaceRoot: string, root: string): boolean {
  return ['package.json', 'project.json'].some((name) => {
    try {
      const stat = statSync(path.join(workspaceRoot, root, name), { throwIfNoEntry: false });
      return stat !== undefined && !stat.isFile() && !stat.isDirectory();
    } catch {
      return false;
    }
  });
}
