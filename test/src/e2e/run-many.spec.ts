import { expect, test } from 'vitest';

import { createRig } from '../rig/rig.ts';
import type { NxVersion } from '../rig/template.ts';
import { PLATFORM } from './platform.ts';

const VERSIONS: readonly NxVersion[] = ['23.3.1', '24.0.6'];

test.for(VERSIONS)('Nx %s runs make targets once, in order, and then from its cache', async (nx) => {
  await using rig = await createRig({ nx, files: PLATFORM });

  const first = await rig.nx('run-many', '-t', 'verify');
  expect(first.output).toContain('Successfully ran target verify');
  expect(first.exitCode).toBe(0);
  expect(first.tasks).toMatchObject({ 'api:lint': 'ran', 'web:test': 'ran', 'api:verify': 'ran' });
  const ran = await rig.ran();
  expect(ran.toSorted()).toEqual(
    ['api', 'web'].flatMap((name) =>
      ['dev-up', 'lint', 'test', 'verify'].map((target) => `${name} ${target}`),
    ),
  );
  expect(ran.indexOf('api dev-up')).toBeLessThan(ran.indexOf('api test'));
  expect(ran.indexOf('api test')).toBeLessThan(ran.indexOf('api verify'));

  const second = await rig.nx('run-many', '-t', 'verify');
  expect(second.exitCode).toBe(0);
  expect(new Set(Object.values(second.tasks))).toEqual(new Set(['hit']));
  expect(await rig.ran(), 'not even the preparation, because its check was cached').toEqual([]);
});

test('a changed file runs the checks of its project again, and their preparation with them', async () => {
  await using rig = await createRig({ files: PLATFORM });
  await rig.nx('run-many', '-t', 'verify');
  await rig.ran();

  await rig.write({ 'web/source.txt': 'two\n' });
  const { tasks } = await rig.nx('run-many', '-t', 'verify');
  expect(tasks).toMatchObject({
    'api:lint': 'hit',
    'api:verify': 'hit',
    'web:lint': 'ran',
    'web:verify': 'ran',
  });
  expect((await rig.ran()).toSorted()).toEqual(['web dev-up', 'web lint', 'web test', 'web verify']);
});

test('a preparation runs once for all that need it', async () => {
  const files = {
    'api/Makefile': `.PHONY: test-a test-b test-c up
test-a test-b test-c: up
	@ran $@
up:
	@ran up
`,
  };
  await using rig = await createRig({ files });
  const { exitCode } = await rig.nx('run-many', '-t', 'test-a', 'test-b', 'test-c', '--parallel=3');
  expect(exitCode).toBe(0);
  const ran = await rig.ran();
  expect(ran[0]).toBe('up');
  expect(ran.toSorted()).toEqual(['test-a', 'test-b', 'test-c', 'up']);
});

test('an action always runs', async () => {
  await using rig = await createRig({ files: PLATFORM });
  for (const time of ['first', 'second']) {
    const { tasks } = await rig.nx('run', 'api:deploy');
    expect(tasks, time).toEqual({ 'api:deploy': 'ran' });
    expect(await rig.ran()).toEqual(['api deploy']);
  }
});

test('--skip-nx-cache runs what is cached', async () => {
  await using rig = await createRig({ files: PLATFORM });
  await rig.nx('run', 'api:lint');
  const { exitCode } = await rig.nx('run', 'api:lint', '--skip-nx-cache');
  expect(exitCode).toBe(0);
  expect(await rig.ran()).toEqual(['api lint', 'api lint']);
});

test('--parallel=1 runs one recipe at a time', async () => {
  const recipe = (name: string): string =>
    `.PHONY: lint\nlint:\n\t@ran ${name} starts\n\t@ran ${name} ends\n`;
  const names = ['a', 'b', 'c', 'd'];
  const files = Object.fromEntries(names.map((name) => [`${name}/Makefile`, recipe(name)]));
  await using rig = await createRig({ files });
  await rig.nx('run-many', '-t', 'lint', '--parallel=1');
  const ran = await rig.ran();
  expect(ran).toHaveLength(8);
  const starts = ran.filter((_, at) => at % 2 === 0).map((line) => line.replace('starts', 'ends'));
  expect(starts).toEqual(ran.filter((_, at) => at % 2 === 1));
});

test('--dry-run shows recipes, runs none, and leaves nothing in the cache', async () => {
  await using rig = await createRig({ files: PLATFORM });
  const dry = await rig.nx('run', 'api:test', '--dry-run');
  expect(dry.exitCode).toBe(0);
  expect(dry.output).toContain('ran api dev-up');
  expect(dry.output).toContain('ran api test');
  expect(await rig.ran()).toEqual([]);

  const real = await rig.nx('run', 'api:test');
  expect(real.tasks).toEqual({ 'api:test': 'ran' });
  expect(await rig.ran()).toEqual(['api dev-up', 'api test']);
});

test('two nx commands at once do not disturb each other', async () => {
  await using rig = await createRig({ files: PLATFORM });
  const both = await Promise.all([
    rig.nx('run-many', '-t', 'verify', 'deploy'),
    rig.nx('run-many', '-t', 'verify', 'deploy'),
  ]);
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  const ran = await rig.ran();
  expect(ran.filter((line) => line === 'api deploy')).toHaveLength(2);
  const third = await rig.nx('run-many', '-t', 'verify');
  expect(new Set(Object.values(third.tasks))).toEqual(new Set(['hit']));
});
