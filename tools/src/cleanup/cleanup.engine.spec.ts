import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPlatformRig,
  waiting,
  type PlatformRig,
  type RigEnvironment,
} from '../platform/platform-rig.fixture.ts';
import { cleanUp, findCleanup, renderPlan, type CleanupOptions, type CleanupPlan } from './index.ts';

const built = (name: string): RigEnvironment => ({
  project: 'api',
  name,
  top: ['volumes: { data: {} }'],
  volumes: ['data'],
  services: {
    app: {
      lines: ['build: { context: .. }', 'init: true', 'command: sleep 1000', 'volumes: ["data:/data"]'],
      reading: { build: { context: '', dockerfile: '' } },
    },
    other: { lines: waiting() },
  },
});

let rig: PlatformRig;
let foreign: PlatformRig;

async function build(platform: PlatformRig, name: string, content: string): Promise<void> {
  const { folder } = platform.environment(name);
  writeFileSync(join(folder, 'Dockerfile'), `FROM busybox:1.36\nLABEL content=${content}\n`);
  await platform.compose(name, 'build', '-q');
}

/** Everything on the engine that has to do with a platform. */
async function everything(platform: PlatformRig): Promise<readonly string[]> {
  const unique = platform.environments[0]?.composeProject.split('-')[0] ?? '';
  const lists = await Promise.all([
    platform.docker('ps', '-a', '--format', 'container {{.Names}} {{.State}}'),
    platform.docker('volume', 'ls', '--format', 'volume {{.Name}}'),
    platform.docker('network', 'ls', '--format', 'network {{.Name}}'),
    platform.docker('image', 'ls', '--format', 'image {{.Repository}}'),
    ...platform.environments.map(({ composeProject }) =>
      platform.docker(
        'image',
        'ls',
        '-f',
        'dangling=true',
        '-f',
        `label=com.docker.compose.project=${composeProject}`,
        '--format',
        `image of ${composeProject} {{.ID}}`,
      ),
    ),
  ]);
  return lists.flatMap((list) => list.split('\n').filter((line) => line.includes(unique))).toSorted();
}

beforeAll(async () => {
  [rig, foreign] = await Promise.all([
    createPlatformRig([built('dev'), built('test')]),
    createPlatformRig([built('dev'), built('test')]),
  ]);
  for (const platform of [rig, foreign]) {
    // The second build takes the name of the first: that one is dangling then.
    for (const content of ['one', 'two']) await build(platform, 'api-dev', `${content}-${process.pid}`);
    await platform.compose('api-dev', 'up', '-d');
    await platform.compose('api-test', 'up', '-d');
    await platform.compose('api-test', 'stop', '-t', '0');
  }
});
afterAll(async () => {
  for (const platform of [rig, foreign]) {
    for (const { composeProject } of platform.environments) {
      const ids = await platform.docker(
        'image',
        'ls',
        '-q',
        '-f',
        'dangling=true',
        '-f',
        `label=com.docker.compose.project=${composeProject}`,
      );
      const found = ids.split('\n').filter(Boolean);
      if (found.length > 0) await platform.docker('image', 'rm', ...found);
    }
    await platform[Symbol.asyncDispose]();
  }
});

const find = (options: CleanupOptions): Promise<CleanupPlan> =>
  findCleanup(rig.engine, rig.environments, options);
const clean = (options: CleanupOptions, plan: CleanupPlan) =>
  cleanUp(rig.engine, rig.environments, options, plan, {
    name: 'nx cleanup',
    report: () => undefined,
    onOutput: () => undefined,
  });
const named = (items: CleanupPlan['remove']): string[] => {
  const unique = rig.environments[0]?.composeProject.split('-')[0] ?? '';
  return items
    .map(({ kind, name }) => `${kind} ${name.replace(/^[0-9a-f]{12}$/, 'HASH').replace(unique, 'X')}`)
    .toSorted();
};
const withoutVolumes = (plan: CleanupPlan): CleanupPlan => ({
  ...plan,
  remove: plan.remove.filter(({ kind }) => kind !== 'volume'),
});

describe('cleanup', () => {
  it('plans what is stopped and dangling, with its size, and touches nothing yet', async () => {
    const before = await everything(rig);
    const plan = await find({ all: false });
    expect(named(plan.remove)).toEqual([
      'container X-api-test-app-1',
      'container X-api-test-other-1',
      'image HASH',
      'network X-api-test_default',
      'volume X-api-test_data',
    ]);
    expect(plan.keep.map(({ kind, why }) => `${kind}: ${why}`)).toEqual(
      expect.arrayContaining(['container: running, goes with --all', 'volume: a container uses it']),
    );
    expect(renderPlan(plan, { colours: false })).toMatch(
      /^PROJECT {2}ENV {3}KIND [^]*\nWould free \S+ \S+: 2 containers, 1 network, 1 volume, 1 image\nstays {2}2 containers of \S+-api-dev: running, goes with --all\n/,
    );
    expect(await everything(rig)).toEqual(before);
  });

  it('does not touch what another checkout made under the same name', async () => {
    const { composeProject } = rig.environment('api-test');
    const label = (name: string, value: string): string[] => [
      '--label',
      `com.docker.compose.${name}=${value}`,
    ];
    const id = await rig.docker(
      'create',
      ...label('project', composeProject),
      ...label('service', 'app'),
      ...label('project.working_dir', '/elsewhere/api/compose'),
      'busybox:1.36',
    );
    try {
      const plan = await find({ all: true });
      expect(plan.remove.map(({ id: found }) => found)).not.toContain(id.trim());
      expect(named(plan.remove)).not.toContain('volume X-api-test_data');
      expect(plan.keep).toContainEqual(
        expect.objectContaining({ kind: 'volume', why: `another checkout uses ${composeProject} too` }),
      );
      expect(plan.takeDown.map(({ name }) => name)).toEqual(['dev']);
    } finally {
      await rig.docker('rm', id.trim());
    }
  });

  it('removes what was planned, and nothing of what runs or of another platform', async () => {
    const others = await everything(foreign);
    const plan = await find({ all: false });
    const outcome = await clean({ all: false }, withoutVolumes(plan));
    expect(outcome?.failed).toEqual([]);
    expect(named(outcome?.removed ?? [])).toHaveLength(4);
    const left = (await everything(rig)).map((line) => line.replace(/op[a-z0-9]+-api/, 'X-api'));
    expect(left).toEqual([
      'container X-api-dev-app-1 running',
      'container X-api-dev-other-1 running',
      'image X-api-dev-app',
      'image X-api-test-app',
      'network X-api-dev_default',
      'volume X-api-dev_data',
      'volume X-api-test_data',
    ]);
    expect(await everything(foreign)).toEqual(others);
  });

  it('keeps what was brought up between the question and the answer', async () => {
    const plan = await find({ all: false });
    expect(named(plan.remove)).toEqual(['volume X-api-test_data']);
    await rig.compose('api-test', 'up', '-d');
    const outcome = await clean({ all: false }, plan);
    expect(outcome?.removed).toEqual([]);
    expect(outcome?.failed.map(({ why }) => why)).toEqual(['a container uses it']);
    expect((await everything(rig)).join('\n')).toContain('api-test_data');
  });

  it('takes everything down and away with --all, and still nothing of another platform', async () => {
    const others = await everything(foreign);
    const outcome = await clean({ all: true }, await find({ all: true }));
    expect(outcome?.failed).toEqual([]);
    expect(await everything(rig)).toEqual([]);
    expect(await everything(foreign)).toEqual(others);
    expect((await find({ all: true })).remove).toEqual([]);
  });
});
