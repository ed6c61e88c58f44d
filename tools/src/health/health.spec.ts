import { describe, expect, it } from 'vitest';
import type { EngineContainer, NamedEnvironment } from '../compose/index.ts';
import { diskSpace } from './check-disk.ts';
import { checkProxies, neededProxy, type ListedContainer } from './check-proxy.ts';
import { environmentState, type EnvironmentState } from './check-services.ts';
import { renderHealth, type HealthCheck } from './index.ts';

const container: EngineContainer = {
  id: 'a1',
  name: 'api-dev-app-1',
  image: 'app',
  composeProject: 'api-dev',
  service: 'app',
  oneOff: false,
  state: 'running',
  health: 'none',
  exitCode: 0,
  outOfMemory: false,
  restarts: 0,
  healthOutput: '',
  restartPolicy: 'no',
  startedAt: 1,
  createdAt: 1,
  ports: [],
  networks: {},
  labels: {},
  configFiles: [],
  workingFolder: '',
};

const service = {
  name: 'app',
  ports: [],
  dependsOn: [],
  oneShot: false,
  hasHealthcheck: false,
  envFiles: [],
  mounts: [],
  profiles: [],
  environment: {},
} as const;

const environment = (more: Partial<NamedEnvironment> = {}): NamedEnvironment => ({
  project: 'api',
  name: 'dev',
  composeProject: 'api-dev',
  folder: '/w/api',
  files: [],
  services: [service],
  externalNetworks: [],
  volumes: [],
  problems: [],
  variables: {},
  ...more,
});

const up = (
  labels: Readonly<Record<string, string>>,
  more: Partial<NamedEnvironment> = {},
): EnvironmentState => ({
  environment: environment(more),
  isUp: true,
  states: [{ service: 'app', readiness: 'ready', containers: [{ ...container, labels }] }],
});

describe('neededProxy', () => {
  it.each([
    ['no label', up({}), undefined],
    ['traefik', up({ 'traefik.http.routers.a.rule': 'Host(`a`)' }), 'traefik'],
    [
      'switched off',
      up({ 'traefik.enable': 'false', 'traefik.http.routers.a.rule': 'Host(`a`)' }),
      undefined,
    ],
    ['caddy', up({ caddy: 'a.localhost' }), 'caddy'],
    ['a network', up({}, { externalNetworks: ['traefik-public'] }), 'traefik'],
    ['another network', up({}, { externalNetworks: ['shared'] }), undefined],
    [
      'VIRTUAL_HOST',
      up({}, { services: [{ ...service, environment: { VIRTUAL_HOST: 'a' } }] }),
      'nginx-proxy',
    ],
  ])('%s', (_name, state, kind) => {
    expect(neededProxy(state)).toBe(kind);
  });
});

describe('checkProxies', () => {
  const state = up({ 'traefik.enable': 'true' }, { externalNetworks: ['edge'] });
  const proxy = (more: Partial<ListedContainer> = {}): ListedContainer => ({
    id: 'p1',
    image: 'docker.io/library/traefik:v3.1',
    state: 'running',
    name: 'edge-traefik',
    networks: ['edge'],
    ...more,
  });
  const check = (containers: readonly ListedContainer[], all: readonly NamedEnvironment[] = []) =>
    checkProxies([state], all, containers);

  it('is content with one that runs on the network they share', () => {
    expect(check([proxy()])).toEqual([
      { subject: 'reverse proxy', result: 'ok', found: 'edge-traefik runs' },
    ]);
  });

  it('warns of one that cannot reach the services', () => {
    expect(check([proxy({ networks: ['bridge'] })])[1]).toMatchObject({
      result: 'warning',
      found: 'edge-traefik is not on the network edge',
      next: 'Connect it: `docker network connect edge edge-traefik`.',
    });
  });

  it('starts one that is stopped', () => {
    expect(check([proxy({ state: 'exited' })])).toEqual([
      {
        subject: 'reverse proxy',
        result: 'failed',
        found: 'edge-traefik does not run, and api-dev counts on it',
        next: 'Start it: `docker start edge-traefik`.',
        remedy: { kind: 'start-container', id: 'p1', name: 'edge-traefik' },
      },
    ]);
  });

  it('knows which project has one', () => {
    const home = environment({ project: 'edge', services: [{ ...service, image: 'traefik:v3' }] });
    expect(check([], [home])[0]).toMatchObject({
      found: 'no traefik runs, and api-dev counts on it',
      next: 'Start it: `nx compose:up edge -c dev`.',
      remedy: { kind: 'bring-up', environment: home },
    });
    expect(check([])[0]?.next).toBe('Start your traefik: no project of this workspace has one.');
  });
});

describe('environmentState', () => {
  const services = [service, { ...service, name: 'tools', profiles: ['tools'] }];

  it('does not count services of a profile that nobody started', () => {
    const one = environment({ services });
    const state = environmentState(one, [{ ...container, environment: one }]);
    expect(state.isUp).toBe(true);
    expect(state.states.map((found) => found.service)).toEqual(['app']);
  });

  it('is down when all of it is stopped', () => {
    const one = environment({ services });
    const stopped = { ...container, environment: one, state: 'exited', exitCode: 143 } as const;
    expect(environmentState(one, [stopped]).isUp).toBe(false);
    expect(environmentState(one, []).isUp).toBe(false);
  });
});

describe('diskSpace', () => {
  it.each([
    [60e9, 100e9, 'ok', '60 GB free of 100 GB'],
    [4e9, 20e9, 'ok', '4.0 GB free of 20 GB'],
    [4e9, 100e9, 'warning', 'only 4.0 GB free of 100 GB'],
    [5e8, 100e9, 'failed', 'only 500 MB free of 100 GB'],
  ])('%d of %d bytes', (free, total, result, found) => {
    expect(diskSpace(free, total)).toMatchObject({ result, found });
  });
});

describe('renderHealth', () => {
  const check = (
    result: HealthCheck['result'],
    found: string,
    more: Partial<HealthCheck> = {},
  ): HealthCheck => ({
    project: 'api',
    environment: 'dev',
    subject: 'app',
    result,
    found,
    ...more,
  });
  const render = (checks: readonly HealthCheck[], width?: number): string[] =>
    renderHealth(
      { healthy: checks.every(({ result }) => result !== 'failed'), checks, milliseconds: 320 },
      { colours: false, ...(width === undefined ? {} : { width }) },
    ).split('\n');

  it('puts what all share first, and everything about a service in one line', () => {
    const checks = [
      check('ok', 'running'),
      check('ok', 'localhost:8080 answers'),
      check('down', 'down', { environment: 'test', subject: '' }),
      { subject: 'engine', result: 'ok', found: 'docker 20' } as const,
    ];
    expect(render(checks)).toEqual([
      'platform',
      '  ✔ engine  docker 20',
      '',
      'api',
      '  ✔ dev app  running, localhost:8080 answers',
      '  - test     down',
      '',
      'Healthy (0.3 s)',
      '',
    ]);
  });

  it('says the next step below what is wrong, as wide as the terminal', () => {
    const checks = [
      check('ok', 'running for quite some time'),
      check('failed', 'localhost:8080 hangs up', { next: 'Does it listen on 0.0.0.0:80 inside?' }),
      check('warning', 'no name server answers', { next: 'Look at the name servers.' }),
    ];
    expect(render(checks, 50)).toEqual([
      'api',
      '  ✘ dev app  localhost:8080 hangs up',
      '             no name server answers',
      '             running for quite some time',
      '             Does it listen on 0.0.0.0:80 inside?',
      '             Look at the name servers.',
      '',
      '1 problem, 1 warning (0.3 s)',
      '',
    ]);
  });
});
