import { once } from 'node:events';
import { utimesSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { acquireLocks } from '../../lock/index.ts';
import { bringUp } from './bring-up.ts';
import { composeFixture, docker, type FixtureEnvironment } from './environment.fixture.ts';
import { readRecord } from './environment-record.ts';
import { endOfRun } from './recover-abandoned.ts';
import { takeDown } from './take-down.ts';

const forever = 'sleep 1000';
const preparation = { preparation: true };

it('takes down at the end of a run what the run brought up', async () => {
  await using rig = composeFixture({ db: { command: forever } });
  const invocation = { ...rig.invocation, run: `${process.pid}-a` };
  await bringUp(rig.environment, preparation, invocation);
  await endOfRun(`${process.pid}-b`, { down: true }, invocation);
  await endOfRun(`${process.pid}-a`, { down: false }, invocation);
  expect(await rig.inEngine()).toHaveLength(2);
  await endOfRun(`${process.pid}-a`, { down: true }, invocation);
  expect(await rig.inEngine()).toEqual([]);
  expect(readRecord(rig.environment.composeProject)).toBeUndefined();
});

it('never takes down what a person brought up', async () => {
  await using rig = composeFixture({ db: { command: forever } });
  const { composeProject } = rig.environment;
  const invocation = { ...rig.invocation, run: `${process.pid}-a` };
  await docker('compose', '-p', composeProject, '-f', rig.file, 'up', '-d');
  await bringUp(rig.environment, preparation, invocation);
  await endOfRun(invocation.run, { down: true }, invocation);
  expect(await rig.inEngine()).toHaveLength(2);
  expect(readRecord(composeProject)).toBeUndefined();
});

it('leaves it to a person who brings it up again', async () => {
  await using rig = composeFixture({ db: { command: forever } });
  const { composeProject } = rig.environment;
  const invocation = { ...rig.invocation, run: `${process.pid}-a` };
  await bringUp(rig.environment, preparation, invocation);
  await docker('compose', '-p', composeProject, '-f', rig.file, 'up', '-d', '--force-recreate');
  await endOfRun(invocation.run, { down: true }, invocation);
  expect(await rig.inEngine()).toHaveLength(2);
});

it('takes over what a task brought up when a person asks for it', async () => {
  await using rig = composeFixture({ db: { command: forever } });
  const invocation = { ...rig.invocation, run: `${process.pid}-a` };
  await bringUp(rig.environment, preparation, invocation);
  await bringUp(rig.environment, {}, rig.invocation);
  await endOfRun(invocation.run, { down: true }, invocation);
  expect(await rig.inEngine()).toHaveLength(2);
});

it('brings up again what has a newer file', async () => {
  await using rig = composeFixture({ db: { command: forever } });
  await bringUp(rig.environment, preparation, rig.invocation);
  rig.write(rig.document.replace(forever, 'sleep 1001'));
  const later = new Date(Date.now() + 5000);
  utimesSync(rig.file, later, later);
  expect(await bringUp(rig.environment, preparation, rig.invocation)).toMatchObject({ changed: true });
});

it('makes room by taking down what another task had brought up', async () => {
  await using pair = await portPair();
  const [first, second] = pair.rigs;
  await bringUp(first.environment, preparation, { ...first.invocation, name: 'jobs:test' });
  expect(await bringUp(second.environment, preparation, second.invocation)).toMatchObject({ kind: 'ready' });
  expect(await first.inEngine()).toEqual([]);
  expect(second.lines).toEqual([
    `shop:compose:up: took down ${first.environment.composeProject}, which jobs:test had brought up, to have its place`,
  ]);
});

it('makes no room where somebody is at work, or where a person brought it up', async () => {
  await using pair = await portPair();
  const [first, second] = pair.rigs;
  const { composeProject } = first.environment;
  await bringUp(first.environment, preparation, first.invocation);
  const locks = await acquireLocks({
    locks: [{ name: `compose:${composeProject}`, mode: 'shared' }],
    command: 'nx test jobs',
  });
  expect(await bringUp(second.environment, {}, second.invocation)).toMatchObject({ reason: 'port-taken' });
  locks?.release();
  await bringUp(first.environment, {}, first.invocation);
  expect(await bringUp(second.environment, {}, second.invocation)).toMatchObject({ reason: 'port-taken' });
  // What was begun in vain is gone again.
  expect(await second.inEngine()).toEqual([]);
});

it('waits for the lock and says for whom, unless it is held for it', async () => {
  await using rig = composeFixture({ db: { command: forever } });
  const { composeProject } = rig.environment;
  const wish = { name: `compose:${composeProject}`, mode: 'exclusive' } as const;
  const locks = await acquireLocks({ locks: [wish], command: 'nx test jobs' });
  if (locks === undefined) throw new Error('The lock was not to be had.');
  const heldFor = { ...rig.invocation, environment: { ...process.env, ...locks.environment } };
  expect(await bringUp(rig.environment, preparation, heldFor)).toMatchObject({ kind: 'ready' });
  const told = Promise.withResolvers<string>();
  const down = takeDown(rig.environment, {}, { ...rig.invocation, report: told.resolve });
  const waiting = `shop:compose:up: waiting for compose:${composeProject}, held by \`nx test jobs\`, pid ${process.pid}`;
  expect(await told.promise).toContain(waiting);
  locks.release();
  expect(await down).toEqual({ kind: 'done', code: 0 });
});

it('stops when the signal is aborted, and takes down what was begun', async () => {
  await using rig = composeFixture({ db: { command: forever, healthcheck: { test: ['CMD', 'false'] } } });
  const stop = new AbortController();
  const invocation = {
    ...rig.invocation,
    signal: stop.signal,
    onOutput: (chunk: Uint8Array) => {
      if (Buffer.from(chunk).toString().includes('Started')) stop.abort();
    },
  };
  expect(await bringUp(rig.environment, {}, invocation)).toEqual({
    kind: 'stopped',
    code: 130,
    message: 'shop:compose:up: up was stopped.',
  });
  expect(await rig.inEngine()).toEqual([]);
  expect(readRecord(rig.environment.composeProject)).toBeUndefined();
});

/** Two environments that publish the same port. */
async function portPair(): Promise<AsyncDisposable & { rigs: [FixtureEnvironment, FixtureEnvironment] }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  server.close();
  const web = { command: forever, ports: [`127.0.0.1:${port ?? 0}:80`] };
  const rigs: [FixtureEnvironment, FixtureEnvironment] = [composeFixture({ web }), composeFixture({ web })];
  return {
    rigs,
    async [Symbol.asyncDispose]() {
      for (const rig of rigs) await rig[Symbol.asyncDispose]();
    },
  };
}
