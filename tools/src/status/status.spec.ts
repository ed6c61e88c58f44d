import { describe, expect, it } from 'vitest';
import { renderStatus, routeHosts, type StatusRow } from './index.ts';
import { parseUse } from './container-use.ts';

const row: StatusRow = {
  project: 'api',
  environment: 'dev',
  service: 'app',
  container: 'api-dev-app-1',
  id: 'a1',
  state: 'running',
  health: 'healthy',
  exitCode: 0,
  restarts: 0,
  ports: ['localhost:8080->80'],
  hosts: ['api.localhost'],
  age: 65_000,
};
const render = (...rows: Partial<StatusRow>[]): string[] =>
  renderStatus(
    { containers: rows.map((part) => ({ ...row, ...part })), down: [], elsewhere: [] },
    { colours: false },
  ).split('\n');

describe('renderStatus', () => {
  it('shows names and addresses, and repeats no project', () => {
    expect(render({}, { service: 'db', ports: [], hosts: [] }, { environment: 'test', ports: [] })).toEqual([
      'PROJECT  ENV   SERVICE  STATE    AGE  ADDRESS',
      'api      dev   app      healthy   1m  api.localhost localhost:8080->80',
      '               db       healthy   1m',
      '         test  app      healthy   1m  api.localhost',
      '',
    ]);
  });

  it.each([
    [{ health: 'none' }, 'running'],
    [{ health: 'unhealthy' }, 'unhealthy'],
    [{ health: 'starting' }, 'starting'],
    [{ state: 'exited', exitCode: 0 }, 'completed'],
    [{ state: 'exited', exitCode: 143 }, 'stopped'],
    [{ state: 'exited', exitCode: 3 }, 'exited 3'],
    [{ state: 'restarting', restarts: 4 }, 'restarting (4)'],
  ] as const)('%j is %s', (part, text) => {
    expect(render(part)[1]).toContain(` ${text} `);
  });

  it('says so when there is nothing', () => {
    expect(render()).toEqual(['No environment was found.', '']);
  });
});

describe('routeHosts', () => {
  it('reads the rules of traefik and the labels of caddy', () => {
    const labels = {
      'traefik.enable': 'true',
      'traefik.http.routers.api.rule': 'Host(`api.localhost`, `api.example.org`) && PathPrefix(`/v1`)',
      'traefik.http.routers.web.rule': 'HostRegexp(`.+`) || Host("web.localhost")',
      'traefik.tcp.routers.db.rule': 'HostSNI(`*`)',
      caddy_0: 'https://admin.localhost:8443, files.localhost',
      'traefik.http.routers.bad.rule': 'Host(`$(touch x)`)',
    };
    expect(routeHosts(labels)).toEqual([
      'api.localhost',
      'api.example.org',
      'web.localhost',
      'admin.localhost',
      'files.localhost',
    ]);
  });
});

describe('parseUse', () => {
  const id = 'e442dfa7ffdb';
  it.each([
    [
      `\u001b[2J\u001b[H${id}\t12.50%\t404KiB / 2GiB \u001b[K`,
      [id, { cpu: 12.5, memory: 413_696, memoryLimit: 2 ** 31 }],
    ],
    [`${id}\t--\t-- / --`, undefined],
    ['', undefined],
  ])('%j', (line, expected) => {
    expect(parseUse(line)).toEqual(expected);
  });
});
