import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runProgram } from '@switchyard/tools/process';

/** A copy of a repository that make may do with what it likes; gone when disposed. */
export interface ThrowAwayCopy extends AsyncDisposable {
  readonly folder: string;
  /** An empty folder for HOME, so that nothing of the user's is read or written. */
  readonly home: string;
}

/** Copies a repository, its .git included, so that `git describe` in a Makefile says what it says in the original. */
export async function createThrowAwayCopy(repository: string): Promise<ThrowAwayCopy> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'switchyard-corpus-')));
  const folder = path.join(root, path.basename(repository));
  const home = await mkdtemp(path.join(root, 'home-'));
  const copied = await runProgram({ file: 'cp', args: ['-a', '--', repository, folder] });
  if (copied.kind !== 'exited' || copied.code !== 0) {
    await rm(root, { recursive: true, force: true });
    throw new Error(
      `${repository} could not be copied to ${folder}: ${'stderr' in copied ? copied.stderr : copied.kind}`,
    );
  }
  return { folder, home, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}
