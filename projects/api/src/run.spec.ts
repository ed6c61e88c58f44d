import { expect, it } from 'vitest';
import { createRunId, runSchema } from './run.ts';
import { sampleRun } from './sample-runs.ts';

it('names a run after its start', () => {
  expect(createRunId('2026-01-02T03:04:05.678Z', '4f2a9c')).toBe('20260102T030405678Z-4f2a9c');
});

it.each(['', 'short', '../../..', 'XYZXYZ'])('refuses %j as the random part of a name', (random) => {
  expect(() => createRunId('2026-01-02T03:04:05.678Z', random)).toThrow('must look like');
});

it('takes a task that never started', () => {
  const [task] = sampleRun(1).tasks;
  const skipped = { ...task, status: 'skipped', startedAt: null, endedAt: null, code: null };
  expect(runSchema.safeParse({ ...sampleRun(1), tasks: [skipped] }).success).toBe(true);
});

it.each([{ startedAt: '2026-01-01 00:01' }, { command: '' }, { tasks: [{}] }, { id: 'x' }])(
  'refuses %j',
  (change) => {
    expect(runSchema.safeParse({ ...sampleRun(1), ...change }).success).toBe(false);
  },
);
