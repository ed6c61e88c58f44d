import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readRegularFile } from '../../file/index.ts';

/** A linked git worktree (`git worktree add`), in which environments get names and ports of their own. */
export interface WorktreeIsolation {
  /** What git calls it. */
  readonly name: string;
  /** Its top folder, absolute and without links: what ports are reserved for. */
  readonly folder: string;
  /** Where ports are reserved; by default one place for all processes of this user. */
  readonly reservations?: string;
}

/**
 * The linked worktree that a folder is in; undefined in a main worktree, in a submodule of one, and outside of git. Reads
 * git's own files and starts no git.
 */
export function findWorktree(folder: string): WorktreeIsolation | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const mark = join(at, '.git');
    const kind = kindOf(mark);
    if (kind === 'file') {
      const found = /^gitdir:\s*(.*[\\/]worktrees[\\/][^\\/]+)\s*$/.exec(
        readRegularFile(mark, { largest: 4096 }) ?? '',
      );
      return found?.[1] === undefined
        ? undefined
        : { name: basename(found[1].trim()), folder: realpathSync(at) };
    }
    if (kind === 'folder' || dirname(at) === at) return undefined;
  }
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    return found === undefined ? undefined : found.isFile() ? 'file' : 'folder';
  } catch {
    return undefined;
  }
}
