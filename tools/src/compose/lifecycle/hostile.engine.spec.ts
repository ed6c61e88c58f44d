import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findEngine } from '../engine/index.ts';
import { bringUp } from './bring-up.ts';
import { check, composeFixture, docker, type FixtureEnvironment } from './environment.fixture.ts';
import { readRecord, writeRecord, type EnvironmentRecord } from './environment-record.ts';
import { makeRoom } from './make-room.ts';
import { recoverAbandoned } from './recover-abandoned.ts';

it('what a container prints drives no terminal, and shows no secret of its env file', async () => {
  const command = String.raw`printf '\033]52;c;ZXZpbA==\007\033[2Jlog token-1234567\r\n'; sleep 1000`;
  await using rig = composeFixture({
    web: {
      command: ['sh', '-c', command],
      env_file: 'web.env',
      healthcheck: check(String.raw`printf '\033]0;owned\007 token-1234567'; exit 1`, 1),
    },
  });
  writeFileSync(join(rig.environment.folder, 'web.env'), 'API_TOKEN=token-1234567\n');
  const outcome = await bringUp(rig.environment, {}, rig.invocation);
  const { composeProject } = rig.environment;
  expect(outcome).toMatchObject({
    kind: 'failed',
    message:
      `shop:compose:up: web of ${composeProject} is unhealthy: its health check says " ***". It wrote last:\n` +
      '  log ***\nSee all of it with `nx compose:logs shop -c dev`.',
  });
});

describe('an environment that a command was taking down when it was killed', () => {
  const left = (rig: FixtureEnvironment, startedAt: number): EnvironmentRecord => ({
    ...{ composeProject: rig.environment.composeProject, folder: rig.environment.folder, files: [rig.file] },
    ...{ variables: {}, pid: 4_194_999, state: 'going-down', run: '4194999', by: 'shop:compose:down' },
    ...{ down: true, containers: [], startedAt },
  });
  const up = async (rig: FixtureEnvironment) =>
    docker('compose', '-p', rig.environment.composeProject, '-f', rig.file, 'up', '-d');

  it('is taken down by the next one', async () => {
    await using rig = composeFixture({ db: { command: 'sleep 1000' } });
    await up(rig);
    writeRecord(left(rig, Date.now()));
    await recoverAbandoned(rig.invocation);
    expect(await rig.inEngine()).toEqual([]);
  });

  it('stays when a person has brought it up again since', async () => {
    await using rig = composeFixture({ db: { command: 'sleep 1000' } });
    writeRecord(left(rig, Date.now()));
    await up(rig);
    await recoverAbandoned(rig.invocation);
    expect(await rig.inEngine()).toHaveLength(2);
    expect(readRecord(rig.environment.composeProject)).toBeUndefined();
  });

  it('stays when a person has started again what was stopped', async () => {
    await using rig = composeFixture({ db: { command: 'sleep 1000' } });
    await up(rig);
    await docker('compose', '-p', rig.environment.composeProject, '-f', rig.file, 'stop');
    writeRecord(left(rig, Date.now()));
    await up(rig);
    await recoverAbandoned(rig.invocation);
    expect(await rig.inEngine()).toHaveLength(2);
  });
});

it('forgets what tasks had brought up and somebody else took down', async () => {
  await using gone = composeFixture({ db: { command: 'sleep 1000' } });
  await using rig = composeFixture({ db: { command: 'sleep 1000' } });
  await bringUp(gone.environment, { preparation: true }, gone.invocation);
  await docker('compose', '-p', gone.environment.composeProject, '-f', gone.file, 'down', '-t', '0');
  const found = await findEngine();
  if (found.kind !== 'found') throw new Error(found.message);
  await makeRoom(found.engine, rig.environment, rig.invocation);
  expect(readRecord(gone.environment.composeProject)).toBeUndefined();
});
