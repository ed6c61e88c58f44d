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

/** The recipes hold a pipe open for as long as any process of theirs lives: its end is the event to wait for. */
const sleeping = (pipe: string, marker: string): string => `.PHONY: test up
test: up
	@exec 9> '${pipe}'; ran test; echo started >&9; sleep ${marker} & sleep ${marker}; ran too late
up:
	@ran up
`;

test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves no process of a recipe', async (signal) => {
  const marker = `3600.${process.pid}${signal.length}${Date.now() % 100_000}`;
  await using rig = await createRig({ files: {} });
  const pipe = join(rig.folder, '..', 'alive');
  await rig.run('mkfifo', pipe);
  await rig.write({ 'api/Makefile': sleeping(pipe, marker) });
  await using nx = await rig.startNx('run', 'api:test');
  const alive = createReadStream(pipe);
  await once(alive, 'data');
  expect(await processesWith(marker)).not.toEqual([]);

  const gone = once(alive, 'end');
  alive.resume();
  nx.signalGroup(signal);
  await gone;
  const { exitCode } = await nx.ended;
  expect(exitCode).not.toBe(0);
  expect(await processesWith(marker)).toEqual([]);
  expect(await rig.ran()).toEqual(['up', 'test']);
});
