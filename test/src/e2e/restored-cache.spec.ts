import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { createRig } from '../rig/rig.ts';
import { PLATFORM } from './platform.ts';

/** What a CI job does: another home, a fresh clone in another folder; from before only Nx's cache and the database that belongs to it. */
test('a fresh clone elsewhere takes results from a restored cache folder', async () => {
  const files = {
    ...PLATFORM,
    'docs/Makefile': `out/index.html: index.md ## Write the page
	@ran docs page
	@mkdir -p out
	@cp index.md $@
`,
    'docs/index.md': 'hello\n',
  };
  await using rig = await createRig({ files });
  const base = join(rig.folder, '..');
  await mkdir(join(base, 'kept'));
  rig.environment['NX_CACHE_DIRECTORY'] = join(base, 'kept/cache');
  rig.environment['NX_WORKSPACE_DATA_DIRECTORY'] = join(base, 'kept/data');
  await rig.nx('run-many', '-t', 'verify', 'out/index.html');
  expect(await rig.ran()).toContain('docs page');

  await using clone = await rig.clone();
  await mkdir(join(base, 'other-home'));
  await rig.run('cp', '-r', join(base, 'kept'), join(base, 'restored'));
  Object.assign(clone.environment, {
    HOME: join(base, 'other-home'),
    NX_CACHE_DIRECTORY: join(base, 'restored/cache'),
    NX_WORKSPACE_DATA_DIRECTORY: join(base, 'restored/data'),
  });
  const { exitCode, tasks } = await clone.nx('run-many', '-t', 'verify', 'out/index.html');
  expect(exitCode).toBe(0);
  expect(new Set(Object.values(tasks))).toEqual(new Set(['hit']));
  expect(await clone.ran()).toEqual([]);
  expect(await clone.read('docs/out/index.html')).toBe('hello\n');
});
