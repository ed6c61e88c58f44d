import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../process/index.ts';
import { listPlatformContainers } from './index.ts';
import { createPlatformRig, waiting, type PlatformRig } from './platform-rig.fixture.ts';

let rig: PlatformRig;
beforeAll(async () => {
  rig = await createPlatformRig([
    { project: 'api', name: 'dev', services: { app: { lines: waiting() } } },
    { project: 'api', name: 'old', services: { app: { lines: waiting() } } },
  ]);
});
afterAll(() => rig[Symbol.asyncDispose]());

async function listed(): Promise<{ own: string[]; foreign: string[] }> {
  const { own, foreign } = await listPlatformContainers(rig.engine, rig);
  return {
    own: own.map(({ environment, service }) => `${environment.name} ${service}`),
    foreign: foreign.map(({ workingFolder }) => workingFolder),
  };
}

describe('listPlatformContainers', () => {
  it('knows what Compose v2 and v1 made', async () => {
    await rig.compose('api-dev', 'up', '-d');
    const { composeProject, folder } = rig.environment('api-old');
    // As a person calls it: with a relative file, which v1 writes down as it is.
    const outcome = await runProgram({
      file: 'docker-compose',
      args: ['-p', composeProject, '-f', 'compose/old.yml', 'up', '-d'],
      cwd: folder,
    });
    expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
    const { own, foreign } = await listed();
    expect(own.toSorted()).toEqual(['dev app', 'old app']);
    expect(foreign).toEqual([]);
  });

  it('tells apart a checkout inside the project that has the same compose project', async () => {
    const { folder, composeProject } = rig.environment('api-dev');
    const inner = join(folder, '.worktrees', 'feature');
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, '.git'), 'gitdir: /elsewhere/.git/worktrees/feature\n');
    const label = (name: string, value: string): string[] => [
      '--label',
      `com.docker.compose.${name}=${value}`,
    ];
    const labels = [...label('project', composeProject), ...label('service', 'app')];
    const id = await rig.docker('create', ...labels, ...label('project.working_dir', inner), 'busybox:1.36');
    try {
      expect((await listed()).foreign).toEqual([inner]);
      // A submodule is a part of the checkout.
      writeFileSync(join(inner, '.git'), 'gitdir: ../../.git/modules/feature\n');
      expect((await listed()).foreign).toEqual([]);
    } finally {
      await rig.docker('rm', id.trim());
    }
  });
});
