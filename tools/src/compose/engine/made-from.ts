import { lstat, readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { EngineContainer } from './containers.ts';

/** Where an environment is written down: the folder of its project and its compose files, absolute. */
export interface ComposePlace {
  readonly folder: string;
  readonly files: readonly string[];
}

type Labels = Pick<EngineContainer, 'workingFolder' | 'configFiles'>;

/** Whether the labels of a container say that it was made in this folder, or from one of these files. */
export async function isMadeFrom(
  { workingFolder, configFiles }: Labels,
  place: ComposePlace,
): Promise<boolean> {
  const files = await Promise.all(place.files.map(realPath));
  for (const file of configFiles) {
    // Compose v1 writes them down as they were given, relative to where it ran: the folder is to decide then.
    if (isAbsolute(file) && files.includes(await realPath(file))) return true;
  }
  if (workingFolder === '') return false;
  const root = await realPath(place.folder);
  const folder = await realPath(workingFolder);
  const way = relative(root, folder);
  if (way.startsWith('..') || isAbsolute(way)) return false;
  return !(await hasCheckoutBetween(root, folder));
}

/** Whether the labels of a container say that it was made somewhere else. Some say nothing: then nobody knows. */
export async function isMadeElsewhere(labels: Labels, place: ComposePlace): Promise<boolean> {
  if (labels.workingFolder === '' && !labels.configFiles.some(isAbsolute)) return false;
  return !(await isMadeFrom(labels, place));
}

/** Whether another checkout begins on the way down from a folder: a worktree kept inside its own repository. */
async function hasCheckoutBetween(root: string, folder: string): Promise<boolean> {
  for (let place = folder; place !== root && place.startsWith(root); place = dirname(place)) {
    const git = join(place, '.git');
    const status = await lstat(git).catch(() => undefined);
    if (status === undefined) continue;
    // A submodule is a part of the checkout around it.
    const isSubmodule = status.isFile() && (await readFile(git, 'utf8')).includes('/modules/');
    if (!isSubmodule) return true;
  }
  return false;
}

async function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}
