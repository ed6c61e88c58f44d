import { expect, test } from 'vitest';

import { createRig } from '../rig/rig.ts';

const FAILING = `.PHONY: lint test verify
lint:
	@ran lint
	@echo "line 3: trouble" >&2
	@exit 7
test:
	@ran test
verify: lint test
	@ran verify
`;

test('a failing recipe fails nx, is shown, and stops what depends on it', async () => {
  await using rig = await createRig({ files: { 'api/Makefile': FAILING } });
  const { exitCode, output, tasks } = await rig.nx('run', 'api:verify');
  expect(exitCode).not.toBe(0);
  expect(output).toContain('line 3: trouble');
  expect(output).toMatch(/make.*: \*\*\* .*lint\] Error 7/);
  expect(tasks).toMatchObject({ 'api:lint': 'failed', 'api:verify': 'not run' });
  expect((await rig.ran()).toSorted()).toEqual(['lint', 'test']);
});

test('a failure is not cached', async () => {
  await using rig = await createRig({ files: { 'api/Makefile': FAILING } });
  await rig.nx('run', 'api:lint');
  const { exitCode } = await rig.nx('run', 'api:lint');
  expect(exitCode).not.toBe(0);
  expect(await rig.ran()).toEqual(['lint', 'lint']);
});

test('a failing preparation fails all that need it, and is tried once', async () => {
  const makefile = `.PHONY: test-a test-b up
test-a test-b: up
	@ran $@
up:
	@ran up
	@echo "no engine here" >&2
	@exit 4
`;
  await using rig = await createRig({ files: { 'api/Makefile': makefile } });
  const { exitCode, output, tasks } = await rig.nx(
    'run-many',
    '-t',
    'test-a',
    'test-b',
    '--output-style=static',
  );
  expect(exitCode).not.toBe(0);
  expect(output).toContain('no engine here');
  expect(tasks).toEqual({ 'api:test-a': 'failed', 'api:test-b': 'failed' });
  expect(await rig.ran()).toEqual(['up']);
});

test('--nx-bail stops at the first failure', async () => {
  const good = '.PHONY: lint\nlint:\n\t@ran lint\n';
  const files = { 'a/Makefile': FAILING, 'b/Makefile': good, 'c/Makefile': good };
  await using rig = await createRig({ files });
  const args = ['run-many', '-t', 'verify', 'lint', '--parallel=1', '--nx-bail'] as const;
  const { exitCode, tasks } = await rig.nx(...args);
  expect(exitCode).not.toBe(0);
  expect(tasks['a:verify']).toBe('not run');
  expect(await rig.ran()).not.toContain('verify');
});

test.for(['static', 'stream'])(
  '--output-style=%s shows what recipes print, and fails as nx does',
  async (style) => {
    await using rig = await createRig({ files: { 'api/Makefile': FAILING } });
    const { exitCode, output } = await rig.nx('run-many', '-t', 'verify', `--output-style=${style}`);
    expect(exitCode).not.toBe(0);
    expect(output).toContain('line 3: trouble');
  },
);

test('a recipe that is killed is a failure', async () => {
  const makefile = '.PHONY: lint\nlint:\n\t@ran lint\n\t@kill -9 $$$$\n';
  await using rig = await createRig({ files: { 'api/Makefile': makefile } });
  const { exitCode, output, tasks } = await rig.nx('run', 'api:lint');
  expect(exitCode).not.toBe(0);
  expect(output).toMatch(/Killed|Error 137/);
  expect(tasks).toEqual({ 'api:lint': 'failed' });
});

test('output that is no UTF-8 does no harm, nor does it from the cache', async () => {
  const makefile = `.PHONY: lint\nlint:\n\t@ran lint\n\t@printf 'before \\377\\376 after\\n'\n`;
  await using rig = await createRig({ files: { 'api/Makefile': makefile } });
  for (const status of ['ran', 'hit']) {
    const { exitCode, output, tasks } = await rig.nx('run', 'api:lint');
    expect(exitCode).toBe(0);
    expect(output).toMatch(/before .*after/);
    expect(tasks).toEqual({ 'api:lint': status });
  }
  expect(await rig.ran()).toEqual(['lint']);
});
