import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OwnCommandContext } from './own-command.ts';

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The words that a POSIX shell runs itself, so that `command -v` prints them as they are. */
const BUILTINS = new Set(
  (
    'alias bg break cd command continue echo eval exec exit export false fg getopts hash jobs kill printf ' +
    'pwd read readonly return set shift test times trap true type ulimit umask unalias unset wait [ . :'
  ).split(' '),
);

/** Whether the shell itself runs the command of this name. */
export function isBuiltin(name: string): boolean {
  return BUILTINS.has(name);
}

/** Every place on PATH where a program of this name stands, first one first; only names and modes are looked at. */
export function findPrograms(
  name: string,
  context: Pick<OwnCommandContext, 'environment' | 'folder' | 'files'>,
): string[] {
  if (name === '') return [];
  if (name.includes('/')) return isProgram(resolve(context.folder, name), context) ? [name] : [];
  const folders = (context.environment['PATH'] ?? DEFAULT_PATH).split(':');
  return folders
    .map((folder) => `${folder === '' ? '.' : folder}/${name}`)
    .filter((path) => isProgram(resolve(context.folder, path), context));
}

function isProgram(path: string, { files }: Pick<OwnCommandContext, 'files'>): boolean {
  files.evidence.file(path);
  try {
    if (!statSync(path).isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
