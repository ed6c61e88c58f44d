import { expect, inject, test } from 'vitest';

import { createRig } from '../rig/rig.ts';
import { PLATFORM } from './platform.ts';

const FOUND = /Found 2 Makefiles, 12 targets: 6 checks, 2 services, 4 actions\./;

test('npm install nx, nx add: it says what it found, and a second time changes nothing', async () => {
  const { version } = inject('surroundings');
  await using rig = await createRig({
    nx: 'none',
    files: { ...PLATFORM, 'package.json': '{ "private": true }\n' },
  });
  await rig.run('npm', 'install', '--save-dev', 'nx@23.3.1');
  await rig.write({ 'nx.json': '{ "analytics": false }\n' });
  const added = await rig.nx('add', `@switchyard/executors@${version}`);
  expect(added.output).toMatch(FOUND);
  expect(added.exitCode).toBe(0);
  const { exitCode } = await rig.nx('run-many', '-t', 'lint');
  expect(exitCode).toBe(0);
  expect((await rig.ran()).toSorted()).toEqual(['api lint', 'web lint']);

  const nxJson = await rig.read('nx.json');
  expect(nxJson.match(/@switchyard\/executors/g)).toHaveLength(1);
  await rig.commit('Add the plugin');
  const again = await rig.nx('generate', '@switchyard/executors:init');
  expect(again.output).toMatch(FOUND);
  expect(await rig.run('git', 'status', '--porcelain')).toBe('');
});

test('./nx in a repository without package.json', async () => {
  const { version } = inject('surroundings');
  await using rig = await createRig({ nx: 'none', files: PLATFORM });
  await rig.run('npx', '--yes', 'nx@23.3.1', 'init', '--useDotNxInstallation', '--interactive=false');
  // nx init takes the newest Nx, whichever was asked.
  const nxJson = (await rig.read('nx.json')).replace(/"version": ".*"/, '"version": "23.3.1"');
  await rig.write({ 'nx.json': nxJson });
  const added = await rig.nx('add', `@switchyard/executors@${version}`);
  expect(added.output).toMatch(FOUND);
  for (const status of ['ran', 'hit']) {
    const { exitCode, tasks } = await rig.nx('run-many', '-t', 'verify');
    expect(exitCode).toBe(0);
    expect(tasks).toMatchObject({ 'api:verify': status, 'web:lint': status });
  }
  expect(await rig.ran()).toHaveLength(8);
});
