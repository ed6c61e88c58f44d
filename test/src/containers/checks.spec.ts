import { expect, test } from 'vitest';

import { createContainerRig } from './container-rig.ts';
import { containerPlatform, type PlatformPlace } from './platform.ts';

const platform = (place: PlatformPlace) => containerPlatform(place, 0);
const all = ['run-many', '-t', 'lint', 'type-check', 'test', '--parallel=3'];
const names = ['api', 'jobs', 'terminal'].flatMap((project) =>
  ['lint', 'type-check', 'test'].map((target) => `${project}:${target}`),
);
const each = (status: string) => Object.fromEntries(names.map((name) => [name, status]));

test('all checks pass though their environments want one port and one name; with CI nothing stays up', async () => {
  await using rig = await createContainerRig(platform);
  for (const extra of [[], ['--skip-nx-cache']]) {
    const { exitCode, tasks, output } = await rig.nx(...all, ...extra);
    expect(exitCode, output).toBe(0);
    expect(tasks).toEqual(each('ran'));
    expect(rig.left()).toEqual([]);
  }
  expect((await rig.nx(...all)).tasks).toEqual(each('hit'));
  expect(rig.left()).toEqual([]);
});

test('environments stay up for the next run, until --down', async () => {
  await using rig = await createContainerRig(platform, { environment: { CI: '' } });
  const first = await rig.nx(...all);
  expect(first.exitCode, first.output).toBe(0);
  const up = rig.left();
  expect(up).toContain(`${rig.prefix}-api-dev ${rig.prefix}-api-dev-db-1`);

  const lint = await rig.nx('run-many', '-t', 'lint', '--skip-nx-cache');
  expect(lint.exitCode).toBe(0);
  expect(rig.left()).toEqual(up);
  const cached = await rig.nx(...all);
  expect(cached.tasks).toEqual(each('hit'));

  const down = await rig.nx(...all, '--skip-nx-cache', '--down');
  expect(down.exitCode, down.output).toBe(0);
  expect(rig.left()).toEqual([]);
});
