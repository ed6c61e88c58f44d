import { expect, it } from 'vitest';
import { readLaunchArguments } from './launch-arguments.ts';
import { withWorkspaceLocks } from './workspace-locks.ts';

it('the lock of the compose project that has the name of the checkout is that of this checkout', async () => {
  const launch = readLaunchArguments(
    ['test', '--lock', 'compose:@workspace:shared', '--lock', 'db'],
    '/work/My Shop',
  );
  const task = launch.kind === 'task' ? await withWorkspaceLocks(launch.task, '/work/My Shop') : undefined;
  expect(task?.locks).toEqual([
    { name: 'compose:myshop', mode: 'shared' },
    { name: 'db', mode: 'exclusive' },
  ]);
});

it('a task without it is as it was', async () => {
  const launch = readLaunchArguments(['test', '--lock', 'compose:api-test'], '/work/shop');
  if (launch.kind === 'unusable') throw new Error(launch.message);
  expect(await withWorkspaceLocks(launch.task, '/work/shop')).toBe(launch.task);
});
