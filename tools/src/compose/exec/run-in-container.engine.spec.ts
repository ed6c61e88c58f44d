import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimesSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acquireLocks } from '../../lock/index.ts';
import { bringUp, takeDown } from '../lifecycle/index.ts';
import { composeFixture, docker, type FixtureEnvironment } from '../lifecycle/environment.fixture.ts';
import { runInContainer, type ContainerCommand } from './index.ts';

const keepsRunning = { command: 'sleep 900', init: true };

async function run(fixture: FixtureEnvironment, command: ContainerCommand) {
  let stdout = '';
  const outcome = await runInContainer(fixture.environment, command, {
    ...fixture.invocation,
    name: 'shop:check',
    onOutput: (chunk, stream) => {
      if (stream === 'stdout') stdout += String(chunk);
    },
  });
  return { outcome, stdout };
}

/** A process of ours that runs a command in the environment, once the command has said something. */
async function startElsewhere(fixture: FixtureEnvironment, command: ContainerCommand) {
  const script = `import { runInContainer } from '${new URL('./index.ts', import.meta.url).href}';
    const { environment, command } = JSON.parse(process.argv[1]);
    const invocation = { name: 'shop:test', report: () => undefined };
    const outcome = await runInContainer(environment, command, invocation);
    process.exit(outcome.code);`;
  const request = JSON.stringify({ environment: fixture.environment, command });
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, request], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe.each(['docker compose', 'docker-compose'])('runInContainer with %s', (compose) => {
  beforeEach(() => {
    vi.stubEnv('SWITCHYARD_COMPOSE', compose);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('brings the environment up first, and leaves it up', async () => {
    await using fixture = composeFixture({ app: keepsRunning, cache: keepsRunning });
    const command = ['sh', '-c', 'echo "$1"; exit 4', 'sh', '$HOME "a b"'] as const;
    const { outcome, stdout } = await run(fixture, { command, lock: 'shared' });
    expect(outcome).toEqual({ kind: 'done', code: 4 });
    expect(stdout).toBe('$HOME "a b"\n');
    expect(await fixture.inEngine()).toHaveLength(3);
    const exclusive = await run(fixture, { command: ['hostname'], service: 'cache', lock: 'exclusive' });
    expect(exclusive.outcome).toEqual({ kind: 'done', code: 0 });
  });

  it('uses an environment whose files were written again since and say the same', async () => {
    await using fixture = composeFixture({ app: keepsRunning });
    await bringUp(fixture.environment, {}, fixture.invocation);
    const label = `label=com.docker.compose.project=${fixture.environment.composeProject}`;
    const later = new Date(Date.now() + 60_000);
    for (const file of fixture.environment.files) utimesSync(file, later, later);
    const before = await docker('ps', '--quiet', '--filter', label);
    for (const lock of ['shared', 'shared', 'exclusive'] as const) {
      const { outcome } = await run(fixture, { command: ['true'], lock });
      expect(outcome).toEqual({ kind: 'done', code: 0 });
    }
    expect(await docker('ps', '--quiet', '--filter', label)).toBe(before);
  });

  it('sees that an environment was taken down or stopped since the last command', async () => {
    await using fixture = composeFixture({ app: keepsRunning });
    const { environment, invocation } = fixture;
    const command = { command: ['true'], lock: 'shared' } as const;
    const stop = async (): Promise<void> => {
      await docker('stop', '--time', '0', await docker('ps', '--quiet', '--filter', label));
    };
    const label = `label=com.docker.compose.project=${environment.composeProject}`;
    for (const change of [stop, () => takeDown(environment, {}, invocation), stop]) {
      expect((await run(fixture, command)).outcome).toEqual({ kind: 'done', code: 0 });
      await change();
    }
    expect((await run(fixture, { ...command, lock: 'exclusive' })).outcome).toEqual({
      kind: 'done',
      code: 0,
    });
  });

  it('makes a container for a one-shot or a service of a profile, and removes it', async () => {
    await using fixture = composeFixture({
      app: { ...keepsRunning, depends_on: { migrate: { condition: 'service_completed_successfully' } } },
      migrate: { command: 'true' },
      tools: { command: 'true', profiles: ['tools'] },
    });
    const command = ['sh', '-c', 'echo "$MODE"; exit 5'] as const;
    const once = { command, lock: 'shared', variables: { MODE: 'once' } } as const;
    const migrated = await run(fixture, { ...once, service: 'migrate' });
    expect(migrated).toEqual({ outcome: { kind: 'done', code: 5 }, stdout: 'once\n' });
    const tooled = await run(fixture, { ...once, service: 'tools' });
    expect(tooled).toEqual({ outcome: { kind: 'done', code: 5 }, stdout: 'once\n' });
    expect(await fixture.inEngine()).toHaveLength(3);
  });

  it('removes the container of a command that took too long', async () => {
    await using fixture = composeFixture({ app: keepsRunning });
    const late = { command: ['sleep', '800'], up: false, lock: 'shared', timeout: 2500 } as const;
    const { outcome } = await run(fixture, late);
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'timed-out', code: 124 });
    expect((await fixture.inEngine()).filter((name) => !name.endsWith('_default'))).toEqual([]);
  });
});

it('waits for who holds the environment, and says for whom', async () => {
  await using fixture = composeFixture({ app: keepsRunning });
  await bringUp(fixture.environment, {}, fixture.invocation);
  const name = `compose:${fixture.environment.composeProject}`;
  const held = await acquireLocks({ locks: [{ name, mode: 'exclusive' }], command: 'nx test shop' });
  const running = run(fixture, { command: ['hostname'], lock: 'shared' });
  await vi.waitFor(() => {
    expect(fixture.lines.at(-1)).toMatch(
      new RegExp(`^shop:check: waiting for ${name}, held by \`nx test shop\`, pid ${process.pid}, \\d+ s$`),
    );
  });
  held?.release();
  expect((await running).outcome).toEqual({ kind: 'done', code: 0 });
});

it('shares the environment with other checks, and not with who takes it down', async () => {
  await using fixture = composeFixture({ app: keepsRunning });
  const child = await startElsewhere(fixture, {
    command: ['sh', '-c', 'echo ready; exec sleep 800'],
    lock: 'shared',
  });
  const [first, second] = await Promise.all(
    [1, 2].map((code) => run(fixture, { command: ['sh', '-c', `exit ${code}`], lock: 'shared' })),
  );
  expect([first?.outcome.kind, second?.outcome.kind]).toEqual(['done', 'done']);
  expect([first?.outcome, second?.outcome]).toEqual([
    { kind: 'done', code: 1 },
    { kind: 'done', code: 2 },
  ]);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

it('takes turns with checks of another environment that wants the same container name', async () => {
  const named = { app: { ...keepsRunning, container_name: `lc-turns-${process.pid}` } };
  await using one = composeFixture(named);
  await using other = composeFixture(named);
  const resources = [`container:lc-turns-${process.pid}`];
  const outcomes = await Promise.all(
    [one, other, one, other].map(async (fixture) => {
      const command = ['sleep', '0.2'] as const;
      return (await run(fixture, { command, lock: 'shared', resources })).outcome;
    }),
  );
  expect(outcomes).toEqual(outcomes.map(() => ({ kind: 'done', code: 0 })));
});

it('ends after kill -9 what the killed one left in the container', async () => {
  await using fixture = composeFixture({ app: keepsRunning });
  const child = await startElsewhere(fixture, {
    command: ['sh', '-c', 'echo ready; exec sleep 800'],
    lock: 'exclusive',
  });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const command = ['sh', '-c', 'ps | grep -c "[s]leep 800"'] as const;
  const { stdout } = await run(fixture, { command, lock: 'exclusive' });
  expect(stdout).toBe('0\n');
  expect(fixture.lines).toContain(
    `shop:check: ended what a killed command left running in ${fixture.environment.composeProject}.`,
  );
});

it('says which services there are', async () => {
  await using fixture = composeFixture({ app: keepsRunning });
  const { outcome } = await run(fixture, { command: ['true'], service: 'ap', lock: 'shared' });
  const { composeProject } = fixture.environment;
  expect(outcome).toMatchObject({
    kind: 'failed',
    reason: 'no-service',
    message: `shop:check: ${composeProject} has no service ap. Did you mean app?\nIt has: app.`,
  });
});

it('runs in what is there, and brings nothing up, with up: false', async () => {
  await using fixture = composeFixture({ app: keepsRunning });
  const nothing = await run(fixture, { command: ['true'], lock: 'shared', up: false });
  expect(nothing.outcome).toEqual({ kind: 'done', code: 0 });
  await bringUp(fixture.environment, {}, fixture.invocation);
  const container = await run(fixture, { command: ['hostname'], lock: 'shared', up: false });
  const filter = `label=com.docker.compose.project=${fixture.environment.composeProject}`;
  expect(await docker('ps', '--quiet', '--filter', filter)).toBe(container.stdout.trim());
  await takeDown(fixture.environment, {}, fixture.invocation);
});
