import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { createRig } from '../rig/rig.ts';

/** Command lines of running processes that hold a text. */
async function processesWith(marker: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map(async (pid) => await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.filter((line) => line.includes(marker));
}

/** The recipe holds a pipe open for as long as any process of it lives: the pipe's end is the event to wait for. */
const sleeping = (pipe: string, marker: string, preparation: string): string => `.PHONY: test up
test: ${preparation}
	@exec 9> '${pipe}'; ran test; echo started >&9; sleep ${marker} & sleep ${marker}
	@ran too late
up:
	@ran up
`;

const CASES = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).flatMap((signal) => [
  { signal, preparation: '', before: [] },
  { signal, preparation: 'up', before: ['up'] },
]);

/** Whoever still lives after this is a process that was left behind: its pipe never ends. */
const LIMIT = { timeout: 60_000 };

test.for(CASES)(
  '$signal leaves no process of a recipe (preparation: "$preparation")',
  LIMIT,
  async (interruption, { signal: given }) => {
    const { signal, preparation, before } = interruption;
    const marker = `3600.${process.pid}${signal.length}${preparation.length}`;
    await using rig = await createRig({ files: {} });
    const pipe = join(rig.folder, '..', 'alive');
    await rig.run('mkfifo', pipe);
    await rig.write({ 'api/Makefile': sleeping(pipe, marker, preparation) });
    await using nx = await rig.startNx('run', 'api:test');
    const alive = createReadStream(pipe);
    await once(alive, 'data', { signal: given });
    expect(await processesWith(marker)).not.toEqual([]);

    const gone = once(alive, 'end', { signal: given });
    alive.resume();
    nx.signalGroup(signal);
    await gone;
    const { exitCode } = await nx.ended;
    expect(exitCode).not.toBe(0);
    expect(await processesWith(marker)).toEqual([]);
    expect(await rig.ran()).toEqual([...before, 'test']);
  },
);
