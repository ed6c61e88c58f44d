import type { ChildProcess } from 'node:child_process';
import type { ProgramRequest } from './program.ts';

/**
 * Connects the caller's ends of standard input and output. Resolves when both are done with, with what failed first if
 * anything did and `onFailure` said that it counts. It never rejects, because nobody may be waiting yet.
 */
export async function connectStreams(
  { inputFrom, outputTo }: Pick<ProgramRequest, 'inputFrom' | 'outputTo'>,
  { stdin, stdout, pid }: Pick<ChildProcess, 'stdin' | 'stdout' | 'pid'>,
  onFailure: () => boolean,
): Promise<{ readonly failure: unknown } | undefined> {
  if (pid === undefined) return undefined;
  const ends: Promise<unknown>[] = [];
  if (inputFrom !== undefined && stdin !== null) {
    let closed = false;
    // The program may end, or close its standard input, before it has read everything.
    stdin.on('error', (error: NodeJS.ErrnoException) => {
      closed ||= error.code === 'EPIPE' || error.code === 'ECONNRESET';
    });
    stdin.on('close', () => {
      closed ||= !stdin.writableFinished && stdin.errored === null;
    });
    ends.push(
      inputFrom(stdin).catch((error: unknown) => {
        if (!closed) throw error;
      }),
    );
  }
  if (outputTo !== undefined && stdout !== null) ends.push(outputTo(stdout));
  let failed: { readonly failure: unknown } | undefined;
  await Promise.all(
    ends.map((end) =>
      end.catch((failure: unknown) => {
        if (onFailure()) failed ??= { failure };
      }),
    ),
  );
  return failed;
}
