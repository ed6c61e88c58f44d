import { DatabaseFailure, Stopped } from '../server/index.ts';

const causes: Readonly<Record<string, readonly [what: string, nextStep: string]>> = {
  ENOSPC: ['the disk is full', 'Make room, or delete snapshots (`--action=delete`).'],
  EDQUOT: ['your quota of the disk is used up', 'Make room, or delete snapshots (`--action=delete`).'],
  EFBIG: ['the file may not become that large', 'Raise the limit (`ulimit -f`).'],
  EROFS: ['the file system is read-only', 'Mount it for writing, or work in another checkout.'],
  EACCES: ['this user may not write there', 'Change the owner or the rights of the folder.'],
  EPERM: ['this user may not write there', 'Change the owner or the rights of the folder.'],
  ENOTDIR: ['a file stands where a folder has to be', 'Move that file away.'],
  EEXIST: ['a file stands where a folder has to be', 'Move that file away.'],
  EIO: ['the disk failed', 'Look at the disk (`dmesg`).'],
};

/** An error of the file system in words, with the path and the next step; other errors as they are. */
export function explainFileError(task: string, consequence: string, error: unknown): unknown {
  if (error instanceof DatabaseFailure || error instanceof Stopped || !(error instanceof Error)) return error;
  if (!('code' in error) || typeof error.code !== 'string') return error;
  const cause = causes[error.code];
  if (cause === undefined) return error;
  const [what, nextStep] = cause;
  const path = 'path' in error && typeof error.path === 'string' ? ` (${error.path})` : '';
  return new DatabaseFailure(
    `${task}: ${what}${path}, so ${consequence}; what was there before is unchanged.\n${nextStep}`,
    {
      cause: error,
    },
  );
}
