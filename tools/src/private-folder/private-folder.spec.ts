import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { privateFolder } from './private-folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  ['the temporary one has too long a path for sockets', { longest: 60 }],
  ['all processes of the user share it', { shared: true }],
])('a private folder is below /tmp when %s', async (_, options) => {
  vi.stubEnv('TMPDIR', `/tmp/${'x'.repeat(80)}`);
  const name = `spec-${process.pid}`;
  const { folder, made } = privateFolder(name, options);
  await rm(folder, { recursive: true });
  expect(folder).toMatch(/^\/tmp\/switchyard-[^/]+\/spec-\d+$/);
  expect(made).toBe(true);
});

it.each([
  ['a file', (place: string) => writeFile(place, '')],
  ['a link to nothing', (place: string) => symlink('/nonexistent', place)],
  ['a link to a folder', (place: string) => symlink('/usr', place)],
  ['a folder that others can use', (place: string) => mkdir(place).then(() => chmod(place, 0o777))],
])('%s that stands there already is not used', async (_, plant) => {
  const temporary = await mkdtemp(join(tmpdir(), 'at-private-'));
  vi.stubEnv('TMPDIR', temporary);
  const place = join(temporary, `switchyard-${process.getuid?.() ?? 'user'}`);
  await plant(place);
  expect(() => privateFolder('locks')).toThrow(
    `${place} is not a folder that only this user can use, so nothing of ours is kept there.\n` +
      'Remove it, or set TMPDIR to a private folder.',
  );
  await rm(temporary, { recursive: true });
});
