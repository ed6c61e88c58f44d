import { describe, expect, it } from 'vitest';
import type { NamedEnvironment } from '../compose/index.ts';
import { LineSplitter, selectEnvironments, type PlatformFilter } from './index.ts';

const environment = (project: string, name: string, ...services: string[]): NamedEnvironment => ({
  project,
  name,
  composeProject: `${project}-${name}`,
  folder: `/w/${project}`,
  files: [],
  services: services.map((service) => ({
    name: service,
    ports: [],
    dependsOn: [],
    oneShot: false,
    hasHealthcheck: false,
    envFiles: [],
    mounts: [],
    profiles: [],
    environment: {},
  })),
  externalNetworks: [],
  volumes: [],
  problems: [],
  variables: {},
});

describe('selectEnvironments', () => {
  const platform = {
    workspaceRoot: '/w',
    environments: [
      environment('api', 'dev', 'app', 'db'),
      environment('api', 'test', 'app'),
      environment('jobs', 'dev', 'worker'),
    ],
  };
  const select = (filter: PlatformFilter): readonly string[] | string => {
    const selection = selectEnvironments(platform, filter);
    return selection.kind === 'unknown'
      ? selection.message
      : selection.environments.map(({ composeProject }) => composeProject);
  };

  it.each([
    [{}, ['api-dev', 'api-test', 'jobs-dev']],
    [{ projects: [] }, ['api-dev', 'api-test', 'jobs-dev']],
    [{ projects: ['api'] }, ['api-dev', 'api-test']],
    [{ environments: ['dev'] }, ['api-dev', 'jobs-dev']],
    [{ projects: ['api', 'jobs'], environments: ['test'] }, ['api-test']],
    [{ services: ['db'] }, ['api-dev']],
    [{ projects: ['web'] }, 'No project with compose files is called web.\nThere are api, jobs.'],
    [{ environments: ['ci'] }, 'No environment is called ci.\nThere are dev, test.'],
    [{ services: ['postgres'] }, 'No service is called postgres.\nThere are app, db, worker.'],
  ])('%j', (filter, expected) => {
    expect(select(filter)).toEqual(expected);
  });

  it('says so when there is nothing at all', () => {
    expect(selectEnvironments({ workspaceRoot: '/w', environments: [] }, { projects: ['api'] })).toEqual({
      kind: 'unknown',
      message: 'No project with compose files is called api: this workspace has none.',
    });
  });
});

describe('LineSplitter', () => {
  it('finds lines whatever the chunks are, and gives out endless ones in pieces', () => {
    const text = 'one\n\ntwo is long\nend';
    for (let size = 1; size <= text.length; size++) {
      const lines: string[] = [];
      const splitter = new LineSplitter((line, isPiece) => {
        lines.push(`${Buffer.from(line).toString()}${isPiece ? '…' : ''}`);
      });
      const bytes = Buffer.from(text);
      for (let start = 0; start < bytes.length; start += size)
        splitter.add(bytes.subarray(start, start + size));
      splitter.end();
      expect(lines).toEqual(['one', '', 'two is long', 'end']);
    }
    const pieces: string[] = [];
    const short = new LineSplitter((line, isPiece) => pieces.push(`${line.length} ${isPiece}`), 4);
    for (const chunk of ['abc', 'defg', 'h\n']) short.add(Buffer.from(chunk));
    expect(pieces).toEqual(['7 true', '1 false']);
  });
});
