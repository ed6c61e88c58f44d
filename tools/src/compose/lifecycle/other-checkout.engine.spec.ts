import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listContainers, type Engine } from '../engine/index.ts';
import { stateOf } from '../index.ts';
import { bringUp } from './bring-up.ts';
import { readRecord, writeRecord } from './environment-record.ts';
import { composeFixture, docker, type FixtureEnvironment } from './environment.fixture.ts';
import { recordBringUp } from './record-bring-up.ts';
import { endOfRun, recoverAbandoned } from './recover-abandoned.ts';
import { restart } from './restart.ts';
import { takeDown } from './take-down.ts';

const forever = { db: { command: 'sleep 1000' } };
const engine: Engine = {
  kind: 'docker',
  program: 'docker',
  version: '',
  compose: { kind: 'v2', command: ['docker', 'compose'], version: '' },
};

/** Another clone of the same repository, whose environment is up. */
async function otherCheckout(rig: FixtureEnvironment, compose = ['docker', 'compose']) {
  const folder = mkdtempSync(join(tmpdir(), 'bd-other-'));
  const file = join(folder, 'compose.yaml');
  writeFileSync(file, rig.document);
  const [, ...args] = compose;
  await docker(...args, '-p', rig.environment.composeProject, '-f', file, 'up', '-d');
  const before = await rig.inEngine();
  return {
    folder,
    file,
    before,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

it('leaves the containers of another checkout alone, and says whose they are', async () => {
  await using rig = composeFixture(forever);
  using other = await otherCheckout(rig);
  const { environment, invocation } = rig;
  const name = environment.composeProject;
  const up = await bringUp(environment, {}, invocation);
  expect(up).toEqual({
    kind: 'failed',
    reason: 'name-taken',
    code: 1,
    inTheWay: name,
    message:
      `shop:compose:up: ${name} is up from another checkout, ${other.folder} (container ${name}-db-1), so it is left alone.\n` +
      `Take it down there with \`nx compose:down shop -c dev\`, or give this checkout a name of its own: COMPOSE_PROJECT_NAME in ${join(environment.folder, '.env')}, or \`name:\` in ${rig.file}. A git worktree has one by itself.`,
  });
  const others = await Promise.all([
    bringUp(environment, { preparation: true }, invocation),
    takeDown(environment, {}, invocation),
    restart(environment, {}, invocation),
  ]);
  expect(others.map((outcome) => 'reason' in outcome && outcome.reason)).toEqual(
    Array.from({ length: 3 }, () => 'name-taken'),
  );
  expect(await rig.inEngine()).toEqual(other.before);
  expect(readRecord(name)).toBeUndefined();
  expect(await stateOf(engine, environment)).toMatchObject([{ service: 'db', readiness: 'absent' }]);
});

it('runs no recipe over the containers of another checkout', async () => {
  await using rig = composeFixture(forever);
  using other = await otherCheckout(rig);
  let ran = false;
  const code = await recordBringUp(rig.environment, { down: true }, rig.invocation, () => {
    ran = true;
    return Promise.resolve(0);
  });
  expect({ code, ran }).toEqual({ code: 1, ran: false });
  expect(rig.lines.join('\n')).toContain(`is up from another checkout, ${other.folder}`);
});

it('says how to remove them when the folder of the other checkout is gone', async () => {
  await using rig = composeFixture(forever);
  using other = await otherCheckout(rig);
  other.remove();
  const outcome = await takeDown(rig.environment, {}, rig.invocation);
  expect('message' in outcome && outcome.message).toContain(
    `That folder is not on this machine (any more): take it down with \`docker compose -p ${rig.environment.composeProject} down\``,
  );
});

it('forgets what was left half up when another checkout has taken its name since', async () => {
  await using rig = composeFixture(forever);
  const { composeProject, folder, files } = rig.environment;
  using other = await otherCheckout(rig);
  writeRecord({
    composeProject,
    folder,
    files,
    variables: {},
    envFiles: [],
    pid: 2 ** 30,
    state: 'coming-up',
    run: String(2 ** 30),
    by: 'shop:test',
    down: false,
    containers: [],
    startedAt: 0,
  });
  await recoverAbandoned(rig.invocation);
  expect(await rig.inEngine()).toEqual(other.before);
  expect(readRecord(composeProject)).toBeUndefined();
});

it('does not take down at the end of a run what another checkout has made anew', async () => {
  await using rig = composeFixture(forever);
  const { composeProject } = rig.environment;
  const run = `${process.pid}-bd`;
  await bringUp(rig.environment, { preparation: true }, { ...rig.invocation, run });
  await docker('compose', '-p', composeProject, '-f', rig.file, 'down');
  using other = await otherCheckout(rig);
  await endOfRun(run, { down: true }, rig.invocation);
  expect(await rig.inEngine()).toEqual(other.before);
});

it('takes for its own what carries no place', async () => {
  await using rig = composeFixture(forever);
  const { composeProject, folder, files } = rig.environment;
  const labels = [`com.docker.compose.project=${composeProject}`, 'com.docker.compose.service=db'];
  await docker('create', ...labels.flatMap((label) => ['--label', label]), 'busybox:1.36');
  expect(await listContainers(engine, labels)).toMatchObject([{ workingFolder: '', configFiles: [] }]);
  const down = await takeDown(
    { composeProject, folder, files, variables: {}, envFiles: [] },
    {},
    rig.invocation,
  );
  expect(down).toEqual({ kind: 'done', code: 0 });
  expect(await rig.inEngine()).toEqual([]);
});
