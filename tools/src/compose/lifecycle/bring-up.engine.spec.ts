import { describe, expect, it } from 'vitest';
import { bringUp } from './bring-up.ts';
import { check, composeFixture, docker } from './environment.fixture.ts';
import { takeDown } from './take-down.ts';

const forever = 'sleep 1000';
const composes = [{ compose: 'docker compose' }, { compose: 'docker-compose' }];

describe.each(composes)('with $compose', ({ compose }) => {
  const environment = { ...process.env, SWITCHYARD_COMPOSE: compose };

  it('is ready when health checks pass and one-shots are done', async () => {
    await using rig = composeFixture({
      db: { command: forever, healthcheck: check('test -e /tmp/up || { touch /tmp/up; false; }') },
      migrate: { command: 'true', depends_on: { db: { condition: 'service_healthy' } } },
      app: { command: forever, depends_on: { migrate: { condition: 'service_completed_successfully' } } },
    });
    const invocation = { ...rig.invocation, environment };
    const outcome = await bringUp(rig.environment, {}, invocation);
    expect(outcome).toMatchObject({
      kind: 'ready',
      changed: true,
      services: [
        { service: 'db', readiness: 'ready' },
        { service: 'migrate', readiness: 'completed' },
        { service: 'app', readiness: 'ready' },
      ],
    });
    expect(await takeDown(rig.environment, {}, invocation)).toEqual({ kind: 'done', code: 0 });
    expect(await rig.inEngine()).toEqual([]);
  });

  it('waits for a health check that nobody else waits for', async () => {
    await using rig = composeFixture({ db: { command: forever, healthcheck: check('test -e /ready', 100) } });
    const up = bringUp(rig.environment, {}, { ...rig.invocation, environment });
    const id = await containerOf(rig.environment.composeProject);
    expect(await Promise.race([up, Promise.resolve('still waiting')])).toBe('still waiting');
    await docker('exec', id, 'touch', '/ready');
    expect(await up).toMatchObject({ kind: 'ready' });
  });

  it('says which service is unhealthy, what its check said and what it wrote', async () => {
    await using rig = composeFixture({
      db: { command: 'sh -c "echo loading; sleep 1000"', healthcheck: check('echo no disk; exit 1', 2) },
    });
    const outcome = await bringUp(rig.environment, {}, { ...rig.invocation, environment });
    const name = rig.environment.composeProject;
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'unhealthy' });
    expect(messageOf(outcome)).toBe(
      `shop:compose:up: db of ${name} is unhealthy: its health check says "no disk". It wrote last:\n  loading\n` +
        'See all of it with `nx compose:logs shop -c dev`.',
    );
  });

  it('ends at once when a one-shot fails', async () => {
    await using rig = composeFixture({
      migrate: { command: 'sh -c "echo no such table; exit 4"' },
      app: { command: forever, depends_on: { migrate: { condition: 'service_completed_successfully' } } },
    });
    const outcome = await bringUp(rig.environment, {}, { ...rig.invocation, environment });
    expect(messageOf(outcome)).toContain('exited with 4. It wrote last:\n  no such table\n');
  });
});

it('ends when a service restarts over and over while another waits for it', async () => {
  await using rig = composeFixture({
    db: { command: 'sh -c "echo no config; exit 3"', restart: 'always', healthcheck: check('false', 1000) },
    app: { command: forever, depends_on: { db: { condition: 'service_healthy' } } },
  });
  const outcome = await bringUp(rig.environment, {}, rig.invocation);
  expect(messageOf(outcome)).toMatch(
    /exits again and again \((?:code 3, )?\d+ restarts\)\. It wrote last:\n {2}no config/,
  );
});

it('gives up at the time limit and says what is still starting', async () => {
  await using rig = composeFixture({
    db: { command: forever, healthcheck: check('echo slow; exit 1', 1000) },
  });
  const outcome = await bringUp(rig.environment, { timeout: 2500 }, rig.invocation);
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'timed-out' });
  expect(messageOf(outcome)).toContain('is running, but not healthy yet: its health check says "slow".');
});

it('waits for all replicas, and leaves services of a profile alone', async () => {
  await using rig = composeFixture({
    worker: { command: forever, deploy: { replicas: 2 }, healthcheck: check('true') },
    debug: { command: forever, profiles: ['debug'] },
  });
  const outcome = await bringUp(rig.environment, {}, rig.invocation);
  expect(outcome).toMatchObject({
    kind: 'ready',
    services: [{ service: 'worker' }, { readiness: 'absent' }],
  });
  if (outcome.kind === 'ready')
    expect(outcome.services[0]?.containers.map(({ health }) => health)).toEqual(['healthy', 'healthy']);
});

it('leaves alone what is up for a preparation', async () => {
  await using rig = composeFixture({ db: { command: forever } });
  expect(await bringUp(rig.environment, {}, rig.invocation)).toMatchObject({ changed: true });
  const written = rig.output();
  expect(await bringUp(rig.environment, { preparation: true }, rig.invocation)).toMatchObject({
    kind: 'ready',
    changed: false,
  });
  expect(rig.output()).toBe(written);
});

it('takes down what has lost its file, and what has a broken one', async () => {
  await using rig = composeFixture({ db: { command: forever } });
  await bringUp(rig.environment, {}, rig.invocation);
  rig.write('services: [');
  expect(await takeDown(rig.environment, {}, rig.invocation)).toEqual({ kind: 'done', code: 0 });
  expect(await rig.inEngine()).toEqual([]);
});

function messageOf(outcome: Awaited<ReturnType<typeof bringUp>>): string {
  return 'message' in outcome ? outcome.message : outcome.kind;
}

/** The id of the first container of a compose project that starts. */
async function containerOf(composeProject: string): Promise<string> {
  for (;;) {
    const id = await docker(
      'ps',
      '--quiet',
      '--filter',
      `label=com.docker.compose.project=${composeProject}`,
    );
    if (id !== '') return id;
  }
}
