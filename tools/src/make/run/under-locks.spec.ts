import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { acquireLocks, type LockWish } from '../../lock/index.ts';
import { createMakeFolder } from './make-folder.fixture.ts';

const makefile = `up: ; @echo up >> log
test: ; @echo begun; read _ < go; echo tested >> log
check: ; @echo checked >> log
show: ; @printf %s "$$SWITCHYARD_LOCKS"
`;
const db = (mode: LockWish['mode'] = 'exclusive') => ({ locks: [{ name: './db', mode }] });

/** The lock `./db` of a folder in this process's hands, until the test is over. */
async function holdShared(folder: string): Promise<Readonly<Record<string, string>>> {
  const locks = [{ name: join(folder, 'db'), mode: 'shared' }] as const;
  const held = await acquireLocks({ locks, command: 'a spec', environment: {} });
  onTestFinished(() => held?.release());
  return held?.environment ?? {};
}

it('locks are held while the recipe runs, and are waited for before preparations', async () => {
  await using project = await createMakeFolder(makefile);
  await once(spawn('mkfifo', ['go'], { cwd: project.folder }), 'close');
  const begun = Promise.withResolvers<unknown>();
  const first = project.make('test', db(), { command: 'nx test api', onOutput: begun.resolve });
  await begun.promise;
  const waits = Promise.withResolvers<string>();
  const second = project.make('check', { preparations: ['up'], ...db() }, { report: waits.resolve });
  expect(await waits.promise).toMatch(
    /^api:check: waiting for \/.*\/db, held by `nx test api`, pid \d+, \d+ s$/,
  );
  await once(spawn('sh', ['-c', 'echo > go'], { cwd: project.folder }), 'close');
  expect(await first).toMatchObject({ kind: 'finished', code: 0 });
  expect(await second).toMatchObject({ kind: 'finished', code: 0 });
  expect(project.read('log')).toBe('tested\nup\nchecked\n');
});

it('what a recipe starts knows of its locks, and does not wait for its own ancestor', async () => {
  await using project = await createMakeFolder(makefile);
  const lock = await holdShared(project.folder);
  const environment = { ...process.env, ...lock };
  const inner = await project.make('show', db('shared'), { environment });
  expect(inner).toMatchObject({ code: 0, output: lock['SWITCHYARD_LOCKS'] });
  const refused = await project.make('show', db(), { environment });
  expect(refused).toMatchObject({ kind: 'lock-refused', code: 1 });
  expect(refused.message).toMatch(/^api:show was not run\. The lock .*\/db cannot be had exclusively here:/);
});

it('no lock is taken for a dry run', async () => {
  await using project = await createMakeFolder(makefile);
  await holdShared(project.folder);
  const outcome = await project.make('up', { ...db(), dryRun: true });
  expect(outcome).toMatchObject({ output: 'echo up >> log\n' });
});

it('waiting for a lock ends when the task is stopped', async () => {
  await using project = await createMakeFolder(makefile);
  await holdShared(project.folder);
  const controller = new AbortController();
  const report = () => {
    controller.abort();
  };
  const outcome = await project.make('up', db(), { signal: controller.signal, report });
  expect(outcome).toMatchObject({ kind: 'stopped', message: 'api:up was stopped.' });
});

it('a preparation waits for a task that runs its recipe in its own make', async () => {
  await using project = await createMakeFolder(makefile);
  const name = `make:${join(project.folder, 'up')}`;
  const held = await acquireLocks({
    locks: [{ name, mode: 'exclusive' }],
    command: 'nx all',
    environment: {},
  });
  onTestFinished(() => held?.release());
  const waits = Promise.withResolvers<string>();
  const check = project.make('check', { preparations: ['up'], ...db() }, { report: waits.resolve });
  expect(await waits.promise).toBe(
    `api:check: waiting for preparation up of ${project.folder}, run by pid ${process.pid}`,
  );
  held?.release();
  expect(await check).toMatchObject({ code: 0 });
  const locks = [{ name: 'make:./up', mode: 'exclusive' }] as const;
  const own = await project.make('check', { preparations: ['up'], locks }, { run: `${project.run}-2` });
  expect(own).toMatchObject({ code: 0, lines: [] });
});
