import { expect, test } from 'vitest';

import { createRig } from '../rig/rig.ts';
import { PLATFORM } from './platform.ts';

test('affected runs the project of a changed file, and no other', async () => {
  await using rig = await createRig({ files: PLATFORM });
  await rig.write({ 'web/source.txt': 'two\n' });
  await rig.commit('Change web');
  const { exitCode, tasks } = await rig.nx('affected', '-t', 'lint', '--base=HEAD~1');
  expect(exitCode).toBe(0);
  expect(tasks).toEqual({ 'web:lint': 'ran' });
  expect(await rig.ran()).toEqual(['web lint']);
});

test('affected runs what depends on a changed project too, and from no stale cache', async () => {
  await using rig = await createRig({ files: PLATFORM });
  await rig.nx('run-many', '-t', 'lint');
  await rig.ran();
  await rig.write({ 'api/common.mk': 'PORT = 9090\n' });
  await rig.commit('Change what both include');
  const { tasks } = await rig.nx('affected', '-t', 'lint', '--base=HEAD~1');
  expect(tasks).toEqual({ 'api:lint': 'ran', 'web:lint': 'ran' });
  expect((await rig.ran()).toSorted()).toEqual(['api lint', 'web lint']);
});

test('affected runs nothing when no project changed', async () => {
  await using rig = await createRig({ files: PLATFORM });
  await rig.write({ 'notes.md': 'nothing to build\n' });
  await rig.commit('Change a note');
  const { exitCode, output } = await rig.nx('affected', '-t', 'lint', '--base=HEAD~1');
  expect(exitCode).toBe(0);
  expect(output).toContain('No tasks were run');
  expect(await rig.ran()).toEqual([]);
});
