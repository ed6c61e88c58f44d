import { expect, it } from 'vitest';
import { readLaunchArguments } from './launch-arguments.ts';
import { ownComposeProjects, withWorkspaceLocks } from './workspace-locks.ts';

it('the lock of the compose project that has the name of the checkout is that of this checkout', async () => {
  const launch = readLaunchArguments(
    ['test', '--lock', 'compose:@workspace:shared', '--lock', 'db'],
    '/work/My Shop',
  );
  const task =
    launch.kind === 'task' ? await withWorkspaceLocks(launch.task, '/work/My Shop', '') : undefined;
  expect(task?.locks).toEqual([
    { name: 'compose:myshop', mode: 'shared' },
    { name: 'db', mode: 'exclusive' },
  ]);
});

it('a task without it is as it was', async () => {
  const launch = readLaunchArguments(['test', '--lock', 'compose:api-test'], '/work/shop');
  if (launch.kind === 'unusable') throw new Error(launch.message);
  expect(await withWorkspaceLocks(launch.task, '/work/shop', '')).toBe(launch.task);
});

it('the lock of an environment that each worktree has to itself is that of this worktree', async () => {
  const words = ['compose:api-dev-@worktree:shared', 'compose:@workspace-@worktree', 'compose:jobs-dev'];
  const launch = readLaunchArguments(['test', ...words.flatMap((word) => ['--lock', word])], '/work/shop');
  if (launch.kind === 'unusable') throw new Error(launch.message);
  const namesIn = async (worktree: string): Promise<unknown> => {
    const placed = await withWorkspaceLocks(launch.task, '/work/shop', worktree);
    return { locks: placed.locks?.map(({ name }) => name), own: ownComposeProjects(launch.task, placed) };
  };
  expect(await namesIn('')).toEqual({
    locks: ['compose:api-dev', 'compose:shop', 'compose:jobs-dev'],
    own: ['api-dev', 'shop'],
  });
  expect(await namesIn('fix')).toEqual({
    locks: ['compose:api-dev-fix', 'compose:shop-fix', 'compose:jobs-dev'],
    own: ['api-dev-fix', 'shop-fix'],
  });
});
