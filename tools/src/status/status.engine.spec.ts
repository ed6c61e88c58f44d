import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlatformRig, waiting, type PlatformRig } from '../platform/platform-rig.fixture.ts';
import { platformStatus, renderStatus, watchStatus, type StatusReport } from './index.ts';

const healthy = ["healthcheck: { test: ['CMD', 'true'], interval: 1s }"];

let rig: PlatformRig;
beforeAll(async () => {
  rig = await createPlatformRig([
    {
      project: 'api',
      name: 'dev',
      services: {
        app: { lines: [...waiting(), ...healthy, "ports: ['127.0.0.1::80']"] },
        worker: { lines: [...waiting(), 'deploy: { replicas: 2 }'] },
      },
    },
    { project: 'api', name: 'test', services: { app: { lines: waiting() } } },
    { project: 'jobs', name: 'dev', services: { app: { lines: waiting() } } },
  ]);
  await Promise.all([rig.compose('api-dev', 'up', '-d', '--wait'), rig.compose('jobs-dev', 'up', '-d')]);
});
afterAll(() => rig[Symbol.asyncDispose]());

describe('platformStatus', () => {
  it('shows every container with its state, use and address, and what is down', async () => {
    const { environments, engine } = rig;
    const report = await platformStatus(engine, { environments, measure: true });
    expect(
      report.containers.map(({ project, environment, service, state, health }) =>
        [project, environment, service, state, health].join(' '),
      ),
    ).toEqual([
      'api dev app running healthy',
      'api dev worker running none',
      'api dev worker running none',
      'jobs dev app running none',
    ]);
    expect(report.containers[0]?.ports[0]).toMatch(/^localhost:\d+->80$/);
    expect(report.containers.every(({ use }) => (use?.memory ?? 0) > 10_000)).toBe(true);
    expect(report).toMatchObject({ down: [{ project: 'api', environment: 'test' }], elsewhere: [] });
    const lines = renderStatus(report, { colours: false }).split('\n');
    expect(lines.map((line) => line.slice(0, 33).trimEnd())).toEqual([
      'PROJECT  ENV  SERVICE     STATE',
      'api      dev  app         healthy',
      '              worker (1)  running',
      '              worker (2)  running',
      'jobs     dev  app         running',
      '',
      'down  api test',
      '',
    ]);
  });

  it('measures nothing when it is not asked to, and shows the services asked for', async () => {
    const { environments, engine } = rig;
    const report = await platformStatus(engine, { environments, services: ['worker'], measure: false });
    expect(report.containers.map(({ service, use }) => [service, use])).toEqual([
      ['worker', undefined],
      ['worker', undefined],
    ]);
  });

  it('does not take the environment of another checkout for its own', async () => {
    const own = rig.environment('jobs-dev');
    const environments = [{ ...own, folder: '/elsewhere/jobs', files: ['/elsewhere/jobs/compose/dev.yml'] }];
    const report = await platformStatus(rig.engine, { environments, measure: false });
    expect(report.containers).toEqual([]);
    expect(report.elsewhere).toEqual([
      { composeProject: own.composeProject, folder: `${own.folder}/compose` },
    ]);
    expect(renderStatus(report, { colours: false })).toContain(
      `! ${own.composeProject} is also the name of what runs from ${own.folder}/compose`,
    );
  });
});

describe('watchStatus', () => {
  it('reports again when a container stops, and measures what runs', async () => {
    const reports: StatusReport[] = [];
    const controller = new AbortController();
    const { environments, engine } = rig;
    const states = ({ containers }: StatusReport): string[] => containers.map(({ state }) => state);
    await watchStatus(engine, {
      environments: environments.filter(({ project }) => project === 'jobs'),
      measure: true,
      signal: controller.signal,
      onReport: (report) => {
        reports.push(report);
        const [row] = report.containers;
        if (row?.use !== undefined && row.state === 'running')
          void rig.compose('jobs-dev', 'stop', '-t', '0');
        if (row?.state === 'exited') controller.abort();
      },
    });
    expect(reports.map(states)[0]).toEqual(['running']);
    expect(reports.map(states).at(-1)).toEqual(['exited']);
  });
});
