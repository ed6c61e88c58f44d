import { expect, test } from 'vitest';

import { createContainerRig } from './container-rig.ts';
import { shop } from './shop.ts';

test('two worktrees of one workspace have their environments up side by side', async () => {
  await using rig = await createContainerRig(shop);
  await using other = await rig.worktree('feature');
  const here = await rig.nx('compose:up', 'api', '--detach');
  const there = await other.nx('compose:up', 'api', '--detach');
  expect([here.exitCode, there.exitCode], there.output).toEqual([0, 0]);
  const port = (output: string): string | undefined => /localhost:(\d+) -> 6379/.exec(output)?.[1];
  expect(port(here.stdout)).toBe(String(rig.port));
  expect(port(there.stdout)).toMatch(/^\d+$/);
  expect(port(there.stdout)).not.toBe(port(here.stdout));
  expect(rig.left()).toHaveLength(6);
  expect(new Set(rig.left().map((line) => line.split(' ')[0]))).toEqual(
    new Set([`${rig.prefix}-api-dev`, `${rig.prefix}-api-dev-feature`]),
  );

  expect((await other.nx('compose:down', 'api')).exitCode).toBe(0);
  expect(rig.left()).toHaveLength(3);
  expect((await rig.nx('compose:down', 'api')).exitCode).toBe(0);
  expect(rig.left()).toEqual([]);
});
