import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * Whether the set-up may make a file: nothing stands there, not even a link to nothing, and its folder really is in the
 * workspace. Compose files may name any path of the machine, and a repository may hold links to it.
 */
export function mayBeMade(file: string, workspaceRoot: string): boolean {
  return !isThere(file) && isInside(path.dirname(file), workspaceRoot);
}

/** Whether a path is in the workspace, whatever links lead to it; of a folder to be made, where it would be made. */
export function isInside(place: string, workspaceRoot: string): boolean {
  let at = place;
  while (!isThere(at) && path.dirname(at) !== at) at = path.dirname(at);
  try {
    const root = realpathSync(workspaceRoot);
    const real = realpathSync(at);
    return real === root || real.startsWith(root + path.sep);
  } catch {
    // A link to nothing, or a folder that we may not look into.
    return false;
  }
}

function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
