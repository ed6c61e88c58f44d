import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlatformRig, waiting, type PlatformRig } from '../platform/platform-rig.fixture.ts';
import { checkHost } from './check-host.ts';
import { checkPort, portHost } from './check-port.ts';
import { checkHealth, fixHealth, renderHealth, type HealthReport } from './index.ts';

const check = (command: string, retries = 20): string =>
  `healthcheck: { test: ['CMD-SHELL', ${JSON.stringify(command)}], interval: 1s, retries: ${retries} }`;
const network = `op-net-${process.pid}`;

let rig: PlatformRig;
beforeAll(async () => {
  rig = await createPlatformRig([
    {
      project: 'api',
      name: 'dev',
      services: {
        db: {
          lines: [
            'image: postgres:15-alpine',
            'environment: { POSTGRES_USER: app, POSTGRES_PASSWORD: long-enough, POSTGRES_DB: app }',
            'tmpfs: /var/lib/postgresql/data',
            "ports: ['127.0.0.1::5432']",
            check('pg_isready -U app -h 127.0.0.1'),
          ],
          reading: {
            image: 'postgres:15-alpine',
            environment: { POSTGRES_USER: 'app', POSTGRES_PASSWORD: 'long-enough', POSTGRES_DB: 'app' },
          },
        },
        cache: { lines: ['image: redis:7-alpine'], reading: { image: 'redis:7-alpine' } },
        web: {
          lines: [
            'image: busybox:1.36',
            'init: true',
            "command: ['httpd', '-f', '-p', '80']",
            "ports: ['127.0.0.1::80']",
            'labels: { traefik.http.routers.web.rule: "Host(`web.localhost`)", traefik.enable: "false" }',
          ],
        },
      },
    },
    { project: 'api', name: 'test', services: { app: { lines: waiting() } }, externalNetworks: [network] },
    {
      project: 'jobs',
      name: 'dev',
      services: {
        stopped: { lines: waiting() },
        deaf: { lines: [...waiting(), "ports: ['127.0.0.1::80']"] },
        crashed: { lines: ['image: busybox:1.36', "command: ['sh', '-c', 'exit 3']"] },
      },
    },
    {
      project: 'web',
      name: 'dev',
      services: {
        // Well from its second start on.
        flaky: {
          lines: [
            'image: busybox:1.36',
            'init: true',
            "command: ['sh', '-c', 'test -e /once && touch /well; touch /once; exec sleep 1000']",
            check('test -e /well || { echo not well: hunter2-long; exit 1; }', 1),
          ],
          reading: { environment: { APP_PASSWORD: 'hunter2-long' } },
        },
        stopped: { lines: waiting() },
      },
    },
  ]);
  await Promise.all([rig.compose('api-dev', 'up', '-d', '--wait'), rig.compose('jobs-dev', 'up', '-d')]);
  await expect(rig.compose('web-dev', 'up', '-d', '--wait')).rejects.toThrow('unhealthy');
  for (const name of ['jobs-dev', 'web-dev']) await rig.compose(name, 'stop', '-t', '0', 'stopped');
});
afterAll(async () => {
  await rig.docker('network', 'rm', network).catch(() => undefined);
  await rig[Symbol.asyncDispose]();
});

const look = (project: string, required: readonly string[] = []): Promise<HealthReport> =>
  checkHealth({
    platform: rig,
    environments: rig.environments.filter((environment) => environment.project === project),
    required,
  });
const lines = (report: HealthReport): string[] =>
  renderHealth(report, { colours: false })
    .replaceAll(/localhost:\d+/g, 'localhost:PORT')
    .split('\n');
const fix = (report: HealthReport) =>
  fixHealth(rig.engine, report.checks, {
    name: 'health',
    report: () => undefined,
    onOutput: () => undefined,
  });

describe('checkHealth', () => {
  it('looks into databases and caches and at published ports, in less than two seconds', async () => {
    const report = await look('api');
    expect(report.healthy, JSON.stringify(report)).toBe(true);
    expect(report.milliseconds).toBeLessThan(2000);
    expect(lines(report)).toEqual(
      expect.arrayContaining([
        'api',
        '  ✔ dev db     healthy, accepts connections, localhost:PORT answers',
        '  ✔ dev cache  running, accepts connections',
        '  ✔ dev web    running, localhost:PORT answers, web.localhost is this machine',
        '  - test       down',
      ]),
    );
    expect(lines(report).join('\n')).toMatch(/^platform\n {2}✔ engine .*docker 20\S+, compose 2/);
  });

  it('takes an environment that is down for a failure only when it is asked for', async () => {
    const report = await look('api', ['test']);
    expect(report.healthy).toBe(false);
    expect(report.checks).toContainEqual(
      expect.objectContaining({
        environment: 'test',
        result: 'failed',
        found: 'down',
        next: 'Bring it up: `nx compose:up api -c test`.',
      }),
    );
    expect(report.checks).toContainEqual(
      expect.objectContaining({
        subject: `network ${network}`,
        result: 'failed',
        found: 'does not exist, and api-test needs it',
      }),
    );
  });

  it('says what is wrong with services, and what to do', async () => {
    const report = await look('jobs');
    const text = lines(report);
    expect(report.healthy).toBe(false);
    expect(text).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^ {2}✘ dev stopped {2}stopped$/),
        '                 Start it: `nx compose:up jobs -c dev`.',
        expect.stringMatching(
          /^ {2}✘ dev deaf {5}running, localhost:PORT hangs up: nothing listens on port 80 in the container$/,
        ),
        expect.stringMatching(/^ {2}✘ dev crashed {2}exited with 3$/),
        '                 Look at `nx compose:logs jobs -c dev --services crashed`, then `nx compose:up jobs -c dev`.',
      ]),
    );
    expect(text.at(-2)).toMatch(/^\d problems.* \(\d\.\d s\)$/);
  });
});

describe('fixHealth', () => {
  it('creates networks', async () => {
    expect((await fix(await look('api'))).fixed).toEqual([`created the network ${network}`]);
    expect((await look('api')).checks).toContainEqual({
      subject: `network ${network}`,
      result: 'ok',
      found: 'exists',
    });
  });

  it('restarts what is unhealthy and starts what is stopped', async () => {
    const before = await look('web');
    expect(lines(before)).toEqual(
      expect.arrayContaining([
        '  ✘ dev flaky    unhealthy: not well: ***',
        '                 Look at `nx compose:logs web -c dev --services flaky`; restart it with `nx compose:restart web -c dev`.',
      ]),
    );
    const { composeProject } = rig.environment('web-dev');
    expect(await fix(before)).toEqual({
      fixed: [`restarted ${composeProject}-flaky-1`, `${composeProject} is up`],
      failed: [],
    });
    const after = await look('web');
    expect(after.healthy).toBe(true);
    expect(lines(after)).toEqual(
      expect.arrayContaining(['  ✔ dev flaky    healthy', '  ✔ dev stopped  running']),
    );
  });
});

describe('checkPort', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  it('tells a listener from nobody', async () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await checkPort('127.0.0.1', port)).toBe('accepts');
    server.close();
    await once(server, 'close').catch(() => undefined);
    expect(await checkPort('127.0.0.1', port)).toBe('refuses');
  });

  it.each([
    ['0.0.0.0', {}, '127.0.0.1'],
    ['::', {}, '::1'],
    ['192.168.1.5', {}, '192.168.1.5'],
    ['0.0.0.0', { DOCKER_HOST: 'ssh://me@build.example' }, 'build.example'],
    ['0.0.0.0', { DOCKER_HOST: 'tcp://[fe80::1]:2375' }, 'fe80::1'],
    ['0.0.0.0', { DOCKER_HOST: 'unix:///run/docker.sock' }, '127.0.0.1'],
  ])('%s is reached under another name: %j', (address, environment, host) => {
    expect(portHost(address, environment)).toBe(host);
  });
});

it('checkHost knows names below localhost, and those that nobody knows', async () => {
  expect(await checkHost('api.localhost')).toEqual({ kind: 'resolved', address: 'this machine' });
  expect((await checkHost('no-such-host.invalid')).kind).not.toBe('resolved');
});
