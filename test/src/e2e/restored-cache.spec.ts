import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { createRig } from '../rig/rig.ts';
import { PLATFORM } from './platform.ts';

/** What a CI job does: another machine's home, a fresh clone in another folder, and only the cache folder from before. */
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
  rig.environment['NX_CACHE_DIRECTORY'] = join(base, 'cache');
  await rig.nx('run-many', '-t', 'verify', 'out/index.html');
  expect(await rig.ran()).toContain('docs page');

  await using clone = await rig.clone();
  await mkdir(join(base, 'other-home'));
  await rig.run('cp', '-r', join(base, 'cache'), join(base, 'restored'));
  Object.assign(clone.environment, {
    HOME: join(base, 'other-home'),
    NX_CACHE_DIRECTORY: join(base, 'restored'),
    NX_REJECT_UNKNOWN_LOCAL_CACHE: '0',
  });
  const { exitCode, tasks } = await clone.nx('run-many', '-t', 'verify', 'out/index.html');
  expect(exitCode).toBe(0);
  expect(new Set(Object.values(tasks))).toEqual(new Set(['hit']));
  expect(await clone.ran()).toEqual([]);
  expect(await clone.read('docs/out/index.html')).toBe('hello\n');
});
