import { rm } from 'node:fs/promises';
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
