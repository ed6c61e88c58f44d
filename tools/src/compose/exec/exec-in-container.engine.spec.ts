import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { privateFolder } from '../../private-folder/index.ts';
import { askEngine, startContainer, type ContainerRig } from './container-rig.fixture.ts';
import { endAbandonedCommands, execInContainer, type ExecCommand } from './index.ts';

async function run(rig: ContainerRig, command: ExecCommand, signal?: AbortSignal, onOutput?: () => void) {
  let stdout = '';
  let stderr = '';
  const reported: string[] = [];
  const outcome = await execInContainer({ engine: rig.engine, container: rig.id, service: 'app' }, command, {
    name: 'api:check',
    report: (line) => reported.push(line),
    onOutput: (chunk, stream) => {
      if (stream === 'stdout') stdout += String(chunk);
      else stderr += String(chunk);
      onOutput?.();
    },
    ...(signal === undefined ? {} : { signal }),
  });
  return { outcome, stdout, stderr, reported };
}

/** A process of ours that runs a command in the container, once the command has said something. */
async function startElsewhere(rig: ContainerRig, command: readonly string[]): Promise<ChildProcess> {
  const place = { engine: rig.engine, container: rig.id, service: 'app' };
  const script = `import { execInContainer } from '${new URL('./index.ts', import.meta.url).href}';
    const outcome = await execInContainer(${JSON.stringify(place)}, { command: ${JSON.stringify(command)} },
      { name: 'api:check', report: console.error });
    process.exit(outcome.code);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

/** What is noted of commands in the container. */
function notes(rig: ContainerRig): string[] {
  const { folder } = privateFolder('commands', { shared: true });
  const files = readdirSync(folder).map((name) => join(folder, name));
  return files.filter((file) => existsSync(file) && readFileSync(file, 'utf8').includes(rig.id));
}

const sleeper = ['sh', '-c', 'sleep 800 & echo ready; sleep 801'] as const;

it('passes arguments as they are, and keeps the exit code and both streams', async () => {
  await using rig = await startContainer();
  const args = ['$HOME', 'a b', '', '"', "'", 'one\ntwo', '*', '`id`', '--user', 'ü'];
  const script = 'for word; do printf "[%s]" "$word"; done; echo problem >&2; exit 3';
  const { outcome, stdout, stderr } = await run(rig, { command: ['sh', '-c', script, 'sh', ...args] });
  expect(outcome).toEqual({ kind: 'done', code: 3 });
  expect(stdout).toBe(args.map((word) => `[${word}]`).join(''));
  expect(stderr).toBe('problem\n');
});

it('runs as a user, in a folder, with variables that no argument of a program shows', async () => {
  await using rig = await startContainer();
  const variables = { API_TOKEN: 'a secret\nof two lines', PATH: '/bin', HTTP_PROXY: 'http://p' };
  const script = 'id -u; pwd; echo "$API_TOKEN $PATH $HTTP_PROXY"';
  const command: ExecCommand = { command: ['sh', '-c', script], user: '7', workingFolder: '/etc', variables };
  expect((await run(rig, command)).stdout).toBe('7\n/etc\na secret\nof two lines /bin http://p\n');
});

it('says that a program is not there', async () => {
  await using rig = await startContainer();
  const { outcome, reported } = await run(rig, { command: ['sh', '-c', 'nope'] });
  expect(outcome).toEqual({ kind: 'done', code: 127 });
  expect(reported).toEqual(['api:check: sh was not found in app, or what it calls.']);
});

it('ends the command in the container at the timeout, and shows what it still says', async () => {
  await using rig = await startContainer();
  const script = 'trap "echo bye; exit" TERM; echo ready; while :; do sleep 0.1; done';
  const { outcome, stdout } = await run(rig, { command: ['sh', '-c', script], timeout: 1500 });
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'timed-out', code: 124 });
  expect(outcome).toHaveProperty('message', expect.stringContaining('it took longer than 1.5s'));
  expect(stdout).toBe('ready\nbye\n');
  expect(await rig.running()).toEqual([]);
});

it('ends what ignores SIGTERM or drops its variables, and leaves other commands alone', async () => {
  await using rig = await startContainer();
  await using other = await startContainer();
  await askEngine(rig.engine, ['exec', '--detach', rig.id, 'sleep', '700']);
  const controller = new AbortController();
  const script = 'env -i sleep 800 & trap "" TERM; echo ready; while :; do sleep 0.1; done';
  const { outcome } = await run(rig, { command: ['sh', '-c', script] }, controller.signal, () => {
    controller.abort();
  });
  expect(outcome).toEqual({ kind: 'stopped', code: 130, message: 'api:check was stopped.' });
  expect(await rig.running()).toEqual(['sleep 700']);
  expect(await other.running()).toEqual([]);
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves nothing in the container', async (signal) => {
  await using rig = await startContainer();
  const child = await startElsewhere(rig, sleeper);
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([130, null]);
  expect(await rig.running()).toEqual([]);
  expect(notes(rig)).toEqual([]);
});

it('ends after kill -9 what the dead one left, and not what a living one runs', async () => {
  await using rig = await startContainer();
  const dead = await startElsewhere(rig, sleeper);
  const alive = await startElsewhere(rig, ['sh', '-c', 'echo ready; exec sleep 600']);
  dead.kill('SIGKILL');
  await once(dead, 'exit');
  expect(await rig.running()).toContain('sleep 801');
  expect(await endAbandonedCommands({ containers: [rig.id], composeProject: 'none' })).toBe(1);
  expect(await rig.running()).toEqual(['sleep 600']);
  expect(await endAbandonedCommands({ containers: [rig.id], composeProject: 'none' })).toBe(0);
  alive.kill('SIGTERM');
  await once(alive, 'exit');
});

it('needs no shell in the image to end a command', async () => {
  const file = 'FROM busybox:1.36 AS tools\nFROM scratch\nCOPY --from=tools /bin/busybox /sleep\n';
  await using outer = await startContainer();
  const image = (await askEngine(outer.engine, ['build', '--quiet', '-'], file)).trim();
  {
    await using rig = await startContainer(image, ['/sleep', '900']);
    const { outcome } = await run(rig, { command: ['/sleep', '800'], timeout: 1000 });
    expect(outcome).toMatchObject({ kind: 'failed', code: 124 });
    expect(await rig.running()).toEqual([]);
  }
  await askEngine(outer.engine, ['image', 'rm', image]);
});
