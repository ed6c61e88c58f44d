import { expect, test } from 'vitest';

import { createContainerRig } from './container-rig.ts';
import { hardWords, shopWithChecks } from './shop.ts';

test('a command in a container gets its words as they are, and is cached', async () => {
  await using rig = await createContainerRig(shopWithChecks, { environment: { CI: '' } });
  const words = hardWords.map((word) => `[${word}]`).join('\n');
  const first = await rig.nx('words', 'api');
  expect(first.output).toContain(`${rig.prefix}-api-dev is ready`);
  expect(first.stdout).toContain(words);
  expect(first.tasks).toEqual({ 'api:words': 'ran' });
  expect(rig.left()).toHaveLength(3);
  const where = await rig.nx('where', 'api');
  expect(where.stdout).toContain('/tmp a $b');
  expect(where.output, 'it is up already').not.toContain('is ready');

  const down = await rig.nx('words', 'api', '--down');
  expect(down.exitCode).toBe(0);
  const again = await rig.nx('words', 'api');
  expect(again.tasks).toEqual({ 'api:words': 'hit' });
  expect(again.stdout).toContain(words);
});

test('the exit code of a command fails its task; with CI nothing stays up, and a hit brings nothing up', async () => {
  await using rig = await createContainerRig(shopWithChecks);
  const failed = await rig.nx('code', 'api');
  expect(failed.exitCode).toBe(1);
  expect(failed.output).toContain('api:code: the command ended with exit code 7.');
  expect(rig.left()).toEqual([]);

  expect((await rig.nx('where', 'api')).tasks).toEqual({ 'api:where': 'ran' });
  const since = new Date().toISOString();
  expect((await rig.nx('where', 'api')).tasks).toEqual({ 'api:where': 'hit' });
  const filter = `label=com.docker.compose.project=${rig.prefix}-api-dev`;
  const until = new Date().toISOString();
  expect(await rig.run('docker', 'events', '--since', since, '--until', until, '--filter', filter)).toBe('');

  const more = await rig.nx('words', 'api', '--', '--first', 'x y');
  expect(more.stdout).toContain('[--first]\n[x y]');
});
