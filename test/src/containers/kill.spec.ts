import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { seededRandom } from '../equivalence/random.ts';
import { createContainerRig } from './container-rig.ts';
import { shopWithChecks } from './shop.ts';

const POLL = { timeout: 60_000, interval: 100 };

const COMMANDS = [
  ['compose:up', 'api'],
  ['where', 'api', '--skip-nx-cache'],
];

/** Each is killed a while after so many things of it are in the engine. */
const KILLS = COMMANDS.flatMap((command, index) =>
  [0, 1, 3].map((things) => ({ command, things, delay: seededRandom(index + 2 * things).below(1500) })),
);

test('after kill -9 at any moment the next command leaves nothing, and nothing of others is touched', async () => {
  await using rig = await createContainerRig(shopWithChecks);
  const compose = ['compose', '-p', `${rig.prefix}-other`, '-f', 'api/compose/test.yml'];
  await rig.run('docker', ...compose, 'up', '-d');
  const others = rig.left();
  expect(others).toHaveLength(2);
  for (const { command, things, delay } of KILLS) {
    await using killed = await rig.startNx(...command);
    await expect.poll(() => rig.left().length, POLL).toBeGreaterThanOrEqual(others.length + things);
    // The moment is what is random here: there is no event to wait for.
    await Promise.race([killed.ended, sleep(delay)]);
    killed.signalGroup('SIGKILL');
    await killed.ended;
    const next = await rig.nx('compose:down', 'api', '-c', 'test');
    expect(next.exitCode, next.output).toBe(0);
    // What outlived its parent ends by itself, or takes down what it had begun.
    const message = `${command.join(' ')}, ${delay} ms after ${things}`;
    await expect.poll(() => rig.left(), { ...POLL, message }).toEqual(others);
  }
});
