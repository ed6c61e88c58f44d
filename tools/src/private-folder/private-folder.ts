import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder below the temporary one that only this user can use, made when it is not there yet: `/tmp/switchyard-1000/NAME`.
 * `longest` is how many bytes its path may have, for sockets. `shared` ones are the same for all processes of the user,
 * whatever their TMPDIR is.
 */
export function privateFolder(
  name: string,
  { longest = Infinity, shared = false }: { longest?: number; shared?: boolean } = {},
): { readonly folder: string; readonly made: boolean } {
  const user = process.getuid?.() ?? 'user';
  const places = shared && process.platform !== 'win32' ? ['/tmp'] : [tmpdir(), '/tmp'];
  const parent = places
    .map((place) => join(place, `switchyard-${user}`))
    .find((folder) => Buffer.byteLength(join(folder, name)) <= longest);
  if (parent === undefined)
    throw new Error(`No folder with a short enough path for sockets: TMPDIR is ${tmpdir()}.`);
  makePrivate(parent, shared);
  const folder = join(parent, name);
  return { folder, made: makePrivate(folder, shared) };
}

/** True when it was made now. Someone else may have put a folder or a link there to have us write into it. */
function makePrivate(folder: string, shared: boolean): boolean {
  let made = false;
  try {
    made = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
  } catch (error) {
    // A file, or a link to nothing, is looked at below; anything else is told by the system.
    if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) throw error;
  }
  const status = lstatSync(folder);
  const owner = process.getuid?.() ?? status.uid;
  const privately = status.isDirectory() && status.uid === owner && (status.mode & 0o077) === 0;
  if (privately) return made;
  throw new Error(
    `${folder} is not a folder that only this user can use, so nothing of ours is kept there.\n` +
      (shared
        ? `It belongs to user ${status.uid}: it has to be removed by them or by root, for all processes of a user look in the same place.`
        : 'Remove it, or set TMPDIR to a private folder.'),
  );
}
