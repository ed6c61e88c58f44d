import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunId } from './run.ts';
import type { Run } from './run.ts';

/** For specs: a run with one task, the later the greater `minute` is. */
export const sampleRun = (minute: number): Run => {
  const startedAt = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  return {
    id: createRunId(startedAt, 'abc123'),
    startedAt,
    endedAt: startedAt,
    command: `nx test ${minute}`,
    tasks: [
      {
        id: 'api:test',
        project: 'api',
        target: 'test',
        status: 'success',
        startedAt,
        endedAt: startedAt,
        code: 0,
        cacheStatus: 'cache-miss',
      },
    ],
  };
};

/** For specs: a folder of records that is gone after use. */
export interface RunFolder extends AsyncDisposable {
  readonly path: string;
  write(name: string, text: string): Promise<void>;
}

/** For specs: makes a folder that holds the records of `runs`. */
export const createRunFolder = async (runs: readonly Run[] = []): Promise<RunFolder> => {
  const path = await mkdtemp(join(tmpdir(), 'api-runs-'));
  const write = (name: string, text: string) => writeFile(join(path, name), text);
  for (const run of runs) await write(`${run.id}.json`, JSON.stringify(run));
  return { path, write, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
};
