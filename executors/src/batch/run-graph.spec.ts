import { describe, expect, it } from 'vitest';
import { runGraph } from './run-graph.ts';

type Verdict = 'go-on' | 'skip-dependants' | 'stop';

/** Runs a graph whose tasks end when nothing else happens; tells what started, how many ran at once, what ended. */
async function runAll(
  dependencies: Record<string, string[]>,
  width: number,
  verdicts: Record<string, Verdict> = {},
) {
  const started: string[] = [];
  const ended: string[] = [];
  let running = 0;
  let most = 0;
  const run = async (task: string) => {
    started.push(task);
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    return verdicts[task] ?? 'go-on';
  };
  for await (const end of runGraph({ dependencies, width, run, judge: (verdict) => verdict })) {
    ended.push(end.kind === 'ran' ? end.task : `${end.task} skipped because of ${end.because}`);
  }
  return { started, ended, most };
}

describe('runGraph', () => {
  it('starts a task when all that it waits for have ended', async () => {
    const { ended } = await runAll({ all: ['lint', 'test'], test: ['build'], lint: [], build: [] }, 1);
    expect(ended).toEqual(['lint', 'build', 'test', 'all']);
  });

  it('runs as many tasks at a time as there is width', async () => {
    const tasks = { a: [], b: [], c: [], d: [], e: [] };
    expect((await runAll(tasks, 2)).most).toBe(2);
    expect((await runAll(tasks, 9)).most).toBe(5);
  });

  it('takes what is not in the batch as done', async () => {
    expect((await runAll({ test: ['other:build'] }, 1)).ended).toEqual(['test']);
  });

  it('skips everything above a task that failed, and goes on with the rest', async () => {
    const tasks = { build: [], test: ['build'], verify: ['test', 'lint'], lint: [] };
    const { ended, started } = await runAll(tasks, 1, { build: 'skip-dependants' });
    expect(started).toEqual(['build', 'lint']);
    expect(ended).toEqual([
      'build',
      'test skipped because of build',
      'verify skipped because of build',
      'lint',
    ]);
  });

  it('starts nothing more after a stop, and lets run what runs', async () => {
    const { ended, started } = await runAll({ a: [], b: [], c: [], d: ['b'] }, 2, { a: 'stop' });
    expect(started).toEqual(['a', 'b']);
    expect(ended.toSorted()).toEqual(['a', 'b', 'c skipped because of a', 'd skipped because of a']);
  });

  it('tells when tasks wait for each other', async () => {
    await expect(runAll({ a: ['b'], b: ['a'] }, 1)).rejects.toThrow('These tasks wait for each other: a, b.');
  });
});
