import { expect, it } from 'vitest';
import { bringUp } from './bring-up.ts';
import { buildImages, readConfig, showLogs } from './compose-command.ts';
import { check, composeFixture } from './environment.fixture.ts';
import { restart } from './restart.ts';

const healthcheck = check('true');

it('restarts what is there and waits until it is ready', async () => {
  await using rig = composeFixture({ db: { command: 'sleep 1000', healthcheck } });
  const first = await bringUp(rig.environment, {}, rig.invocation);
  const second = await restart(rig.environment, {}, rig.invocation);
  expect(second).toMatchObject({ kind: 'ready', changed: true, services: [{ readiness: 'ready' }] });
  if (first.kind !== 'ready' || second.kind !== 'ready') throw new Error('It did not become ready.');
  const [before, after] = [first, second].map(({ services }) => services[0]?.containers[0]);
  expect(after?.id).toBe(before?.id);
  expect(after?.startedAt).toBeGreaterThan(before?.startedAt ?? Infinity);
});

it('shows the end of the logs', async () => {
  await using rig = composeFixture({
    db: { command: 'sh -c "echo one; echo two; sleep 1000"', healthcheck },
  });
  await bringUp(rig.environment, {}, rig.invocation);
  const lines: string[] = [];
  const onOutput = (chunk: Uint8Array): number => lines.push(Buffer.from(chunk).toString());
  expect(await showLogs(rig.environment, { tail: 1 }, { ...rig.invocation, onOutput })).toEqual({
    kind: 'done',
    code: 0,
  });
  expect(lines.join('')).toContain('two');
  expect(lines.join('')).not.toContain('one');
});

it('reads a file as compose does, and says what is wrong with it', async () => {
  await using rig = composeFixture({ db: { command: 'sleep 1000' } });
  const config = await readConfig(rig.environment, { json: true }, rig.invocation);
  expect(config).toMatchObject({ kind: 'done' });
  if (config.kind === 'done')
    expect(JSON.parse(config.text)).toMatchObject({ name: rig.environment.composeProject });
  rig.write('services: {db: {imagee: x}}');
  expect(await readConfig(rig.environment, {}, rig.invocation)).toMatchObject({ reason: 'invalid-file' });
});

it('says which image could not be built', async () => {
  await using rig = composeFixture({ web: { build: './nowhere' } });
  expect(await buildImages(rig.environment, {}, rig.invocation)).toMatchObject({ reason: 'build-failed' });
});
