import { expect, it } from 'vitest';
import { summarizeRun } from './answers.ts';
import type { Task } from './run.ts';
import { sampleRun } from './sample-runs.ts';

const runOf = (changes: readonly Partial<Task>[]) => {
  const run = sampleRun(1);
  return { ...run, tasks: run.tasks.flatMap((task) => changes.map((change) => ({ ...task, ...change }))) };
};

it('counts tasks by status, and those from a cache', () => {
  const run = runOf([
    { cacheStatus: 'local-cache' },
    { cacheStatus: 'remote-cache' },
    { cacheStatus: 'local-cache-kept-existing' },
    { cacheStatus: 'not-cacheable', status: 'failure' },
    { status: 'skipped' },
  ]);
  expect(summarizeRun(run)).toEqual({
    id: run.id,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    command: run.command,
    outcome: 'failure',
    counts: { total: 5, success: 3, failure: 1, skipped: 1, stopped: 0, cached: 3 },
  });
});

it('calls a run without tasks a success, and a stopped one a failure', () => {
  expect(summarizeRun(runOf([])).outcome).toBe('success');
  expect(summarizeRun(runOf([{ status: 'stopped' }])).outcome).toBe('failure');
});
