import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProjectGraph } from '../../batch/batch.fixture.ts';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import type { BatchTaskResult } from '../../batch/run-batch.ts';
import batch from './batch.ts';

const root = mkdtempSync(join(tmpdir(), 'batch-'));
writeFileSync(
  join(root, 'Makefile'),
  'lint test build: ; @echo $@ $(ARGS) >> log; echo $@ done\nbad: ; @echo no >&2; exit 4\nup: ; @echo up >> log\n',
);
afterAll(() => {
  rmSync(root, { recursive: true });
});
let streamed: string[] = [];
beforeEach(() => {
  writeFileSync(join(root, 'log'), '');
  streamed = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => streamed.push(String(chunk)) > 0);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.stubEnv('SWITCHYARD_RUN', `${process.pid}-${Math.random()}`);
  vi.stubEnv('SWITCHYARD_ARGV', '["run-many","--parallel=1"]');
  return () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  };
});

async function runBatch(tasks: Record<string, string[]>, options: Record<string, object> = {}) {
  const results: Record<string, BatchTaskResult['result']> = {};
  const given = Object.fromEntries(
    Object.keys(tasks).map((id) => [id, { target: id.split(':')[1], ...options[id] }]),
  );
  const context = { root, nxJsonConfiguration: {} };
  for await (const { task, result } of batch(createProjectGraph(tasks), given, {}, context))
    results[task] = result;
  return results;
}

it('runs tasks in order, streams their output, and gives it with each result', async () => {
  const results = await runBatch({ 'p:test': ['p:lint'], 'p:lint': [] }, { 'p:lint': { ARGS: '$x' } });
  expect(Object.keys(results)).toEqual(['p:lint', 'p:test']);
  expect(results['p:test']).toMatchObject({
    success: true,
    status: 'success',
    terminalOutput: 'test done\n',
  });
  expect(streamed).toEqual(['lint done\n', 'test done\n']);
});

it('skips what needs a task that failed', async () => {
  const results = await runBatch({ 'p:bad': [], 'p:test': ['p:bad'], 'p:lint': [] });
  expect(results['p:bad']).toMatchObject({ success: false, status: 'failure' });
  expect(results['p:bad']?.terminalOutput).toMatch(/^no\nmake: .* Error 4\n$/);
  expect(results['p:test']).toMatchObject({
    status: 'skipped',
    terminalOutput: 'p:test was skipped, because p:bad did not succeed.\n',
  });
  expect(results['p:lint']).toMatchObject({ status: 'success' });
});

it('starts nothing after a failure with --nx-bail', async () => {
  vi.stubEnv('SWITCHYARD_ARGV', '["run-many","--parallel=1","--nx-bail"]');
  const results = await runBatch({ 'p:bad': [], 'p:lint': [] });
  expect(results['p:lint']).toMatchObject({ status: 'skipped' });
  expect(readFileSync(join(root, 'log'), 'utf8')).toBe('');
});

it('runs a preparation once for all its tasks', async () => {
  const prepared = { preparations: ['up'] };
  await runBatch({ 'p:lint': [], 'p:test': [] }, { 'p:lint': prepared, 'p:test': prepared });
  expect(readFileSync(join(root, 'log'), 'utf8')).toBe('up\nlint\ntest\n');
});

it('fails the task with wrong options, and only that', async () => {
  const results = await runBatch(
    { 'p:lint': [], 'p:test': [], 'p:build': [] },
    {
      'p:lint': { 'test-path': 'x' },
      'p:test': { folder: 'nowhere' },
    },
  );
  expect(results['p:lint']?.terminalOutput).toContain('p:lint does not know the option --test-path');
  expect(results['p:test']?.terminalOutput).toMatch(
    /p:test: make was not started: its working directory .*nowhere/,
  );
  expect(results['p:build']).toMatchObject({ success: true });
});
