import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { runToEnd } from '../rig/program.ts';
import { createRig } from '../rig/rig.ts';
import type { Rig } from '../rig/rig.ts';
import { PLATFORM } from './platform.ts';

test('a Makefile that make rejects does not keep the others from running', async () => {
  const files = { ...PLATFORM, 'bad/Makefile': 'lint:\n    echo spaces, no tab\n' };
  await using rig = await createRig({ files });
  const projects = await rig.nx('show', 'projects');
  expect(projects.exitCode).toBe(0);
  expect(projects.stdout.split('\n')).toEqual(expect.arrayContaining(['api', 'web', 'bad']));
  const { tasks, output } = await rig.nx('run-many', '-t', 'lint', '--projects=api,web');
  expect(output).toContain('missing separator');
  expect(tasks).toEqual({ 'api:lint': 'ran', 'web:lint': 'ran' });
});

/** Everything that is usually on the PATH, but make. */
async function programsWithoutMake(folder: string): Promise<string> {
  const place = join(folder, '..', 'no-make');
  await mkdir(place);
  for (const name of await readdir('/usr/bin')) {
    if (!/^(g?make|node|npm|npx)$/.test(name)) await symlink(join('/usr/bin', name), join(place, name));
  }
  return place;
}

test('without make there are projects, one warning, and a clear failure', async () => {
  await using rig = await createRig({ files: PLATFORM });
  const [own, node] = (rig.environment['PATH'] ?? '').split(':');
  rig.environment['PATH'] = [own, node, await programsWithoutMake(rig.folder)].join(':');
  const projects = await rig.nx('show', 'projects');
  expect(projects.exitCode).toBe(0);
  expect(projects.stdout.split('\n')).toEqual(expect.arrayContaining(['api', 'web']));
  expect(projects.stderr.match(/make is not on the PATH/g)).toHaveLength(1);
  const run = await rig.nx('run', 'api:lint');
  expect(run.exitCode).not.toBe(0);
  expect(run.output).toContain('make');
  expect(await rig.ran()).toEqual([]);
});

/** A place that takes 256 KiB and then says that the disk is full. */
async function smallDisk(rig: Rig): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = join(rig.folder, '..', 'small-disk');
  await mkdir(folder);
  await rig.run('mount', '-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder);
  return {
    folder,
    async [Symbol.asyncDispose]() {
      await rig.run('umount', '--lazy', folder);
    },
  };
}

/** Without the right to mount, a limit on the size of files is the nearest thing. */
async function nxWithFullDisk(rig: Rig, ...args: string[]): Promise<{ exitCode: number; output: string }> {
  if (process.getuid?.() === 0) {
    await using disk = await smallDisk(rig);
    rig.environment['NX_CACHE_DIRECTORY'] = disk.folder;
    const end = await rig.nx(...args);
    delete rig.environment['NX_CACHE_DIRECTORY'];
    return end;
  }
  const command = 'ulimit -f 512; exec node_modules/.bin/nx "$@"';
  const { environment, folder: cwd } = rig;
  return await runToEnd({ file: 'sh', args: ['-c', command, 'sh', ...args], cwd, environment });
}

test('a disk that fills up while output is kept leaves no half result behind', async () => {
  const makefile = `.PHONY: lint
lint:
	@ran lint
	@yes 'a line of output that is kept' | head -n 40000
	@echo the end
`;
  await using rig = await createRig({ files: { 'api/Makefile': makefile } });
  const full = await nxWithFullDisk(rig, 'run', 'api:lint');
  if (full.exitCode === 0) expect(full.output).toContain('the end');
  expect(await rig.ran()).toEqual(['lint']);
  const { exitCode, output, tasks } = await rig.nx('run', 'api:lint');
  expect(exitCode).toBe(0);
  expect(tasks).toEqual({ 'api:lint': 'ran' });
  expect(output.match(/a line of output that is kept/g)).toHaveLength(40_000);
  expect(output).toContain('the end');
});
