import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import { createRig } from '../rig/rig.ts';
import type { Rig } from '../rig/rig.ts';

const files = {
  'api/compose.yaml': 'services: { app: { image: "busybox:1.36" } }\n',
  'web/Makefile': '.PHONY: lint\nlint:\n\t@ran lint\n',
};

/** A PATH that has what nx and make need, and no container engine. */
async function withoutEngine(rig: Rig): Promise<void> {
  const programs = join(rig.folder, '..', 'programs');
  await mkdir(programs);
  for (const name of ['make', 'sh', 'git', 'env', 'cat', 'uname'])
    await symlink((await rig.run('which', name)).trim(), join(programs, name));
  rig.environment['PATH'] = [join(rig.folder, '..', 'bin'), dirname(process.execPath), programs].join(':');
}

test('without an engine, nx says what to do, and recipes run as ever', async () => {
  await using rig = await createRig({ files });
  await withoutEngine(rig);
  const up = await rig.nx('compose:up', 'api', '--detach');
  expect(up.exitCode).not.toBe(0);
  expect(up.output).toContain('api:compose:up: No container engine was found');
  expect(up.output).toContain('Install Docker');
  const health = await rig.nx('health');
  expect(health.exitCode).toBe(1);
  expect(health.output).toMatch(/no container engine/i);

  const lint = await rig.nx('run-many', '-t', 'lint');
  expect(lint.exitCode).toBe(0);
  expect(await rig.ran()).toEqual(['lint']);
});

test('an engine that does not answer is named with its address', async () => {
  await using rig = await createRig({ files, environment: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } });
  const up = await rig.nx('compose:up', 'api', '--detach');
  expect(up.exitCode).not.toBe(0);
  expect(up.output).toContain('unix:///nowhere/docker.sock');
  const lint = await rig.nx('run-many', '-t', 'lint');
  expect(lint.exitCode).toBe(0);
});
