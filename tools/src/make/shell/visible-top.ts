import { realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isWithin } from './visible-files.ts';

/** The folder that a Makefile and its commands may see: the workspace, or the repository that holds it, or, for a folder elsewhere, that folder's repository. */
export function visibleTop(root: string, folder: string): string {
  const repository = repositoryTop(folder);
  if (!isWithin(root, folder)) return repository ?? folder;
  return repository !== undefined && isWithin(repository, root) ? repository : root;
}

function repositoryTop(folder: string): string | undefined {
  for (let at = real(folder); ; at = dirname(at)) {
    if (statSync(join(at, '.git'), { throwIfNoEntry: false }) !== undefined) return at;
    if (at === dirname(at)) return undefined;
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
