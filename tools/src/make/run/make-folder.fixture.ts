import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MakeInvocation, MakeTask } from './make-task.ts';
import { runMakeTask } from './run-make-task.ts';

/** A temporary folder with a Makefile, for specs. */
export async function createMakeFolder(makefile: string) {
  const folder = await mkdtemp(join(tmpdir(), 'make-run-'));
  await writeFile(join(folder, 'Makefile'), makefile);
  const run = `${process.pid}-${folder}`;
  return {
    folder,
    /** The run that its tasks are part of. */
    run,
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
    /** Runs a target; the output and the reported lines come with the outcome. */
    make: async (target: string, task: Partial<MakeTask> = {}, invocation: Partial<MakeInvocation> = {}) => {
      let output = '';
      const lines: string[] = [];
      const outcome = await runMakeTask(
        { folder, target, upToDate: [], preparations: [], variables: {}, dryRun: false, ...task },
        {
          name: `api:${target}`,
          run,
          onOutput: (chunk) => (output += String(chunk)),
          report: (line) => lines.push(line),
          ...invocation,
        },
      );
      return { message: '', ...outcome, output, lines };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
