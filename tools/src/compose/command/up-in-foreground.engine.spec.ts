import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { bringUp, takeDown } from '../lifecycle/index.ts';
import { composeFixture, type FixtureEnvironment } from '../lifecycle/environment.fixture.ts';

const ticking = { command: 'sh -c "while :; do echo tick; sleep 0.2; done"', init: true };

/** A process of ours that has the environment up in the foreground, once its logs come. */
async function startForeground({ environment }: FixtureEnvironment, compose = 'docker compose') {
  const script = `import { upInForeground } from '${new URL('./index.ts', import.meta.url).href}';
    const invocation = { name: 'shop:compose:up', report: console.log };
    const { follow } = await upInForeground(JSON.parse(process.argv[1]), {}, invocation);
    const outcome = await follow();
    console.log(outcome.message);
    process.exit(outcome.code);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(environment)], {
    env: { ...process.env, SWITCHYARD_COMPOSE: compose },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  await vi.waitFor(
    () => {
      expect(output).toContain('tick');
    },
    { timeout: 60_000 },
  );
  return { child, output: () => output };
}

describe.each(['docker compose', 'docker-compose'])('up in the foreground with %s', (compose) => {
  it('goes down at Ctrl-C', async () => {
    await using fixture = composeFixture({ app: ticking });
    const { child, output } = await startForeground(fixture, compose);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(output()).toContain('shop:compose:up was stopped. It is down.');
    expect(await fixture.inEngine()).toEqual([]);
  });
});

it('goes down when its process is killed', async () => {
  await using fixture = composeFixture({ app: ticking });
  const { child } = await startForeground(fixture);
  child.kill('SIGKILL');
  await vi.waitFor(
    async () => {
      expect(await fixture.inEngine()).toEqual([]);
    },
    { timeout: 60_000 },
  );
});

it('goes down when its process is killed as soon as it is up', async () => {
  await using fixture = composeFixture({ app: ticking });
  const script = `import { bringUp } from '${new URL('../lifecycle/index.ts', import.meta.url).href}';
    const invocation = { name: 'shop:compose:up', report: () => undefined, onOutput: () => undefined };
    const whenReady = async () => process.kill(process.pid, 'SIGKILL');
    await bringUp(JSON.parse(process.argv[1]), { whenReady }, invocation);`;
  const args = ['--input-type=module', '-e', script, JSON.stringify(fixture.environment)];
  await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'exit');
  expect(await fixture.inEngine()).not.toEqual([]);
  const other = { ...fixture.environment, composeProject: `${fixture.environment.composeProject}-next` };
  await takeDown(other, {}, fixture.invocation);
  expect(await fixture.inEngine()).toEqual([]);
});

it('leaves up what was up before', async () => {
  await using fixture = composeFixture({ app: ticking });
  await bringUp(fixture.environment, {}, fixture.invocation);
  const before = await fixture.inEngine();
  const { child, output } = await startForeground(fixture);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([130, null]);
  expect(output()).toContain('It was up before and stays up.');
  expect(await fixture.inEngine()).toEqual(before);
});
