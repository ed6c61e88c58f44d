import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSql } from '../server/index.ts';
import { createSnapshot } from './create-snapshot.ts';
import { quoteText } from './quote.ts';
import { writeMarker } from './restore-marker.ts';
import { restoreSnapshot } from './restore-snapshot.ts';
import { createDatabaseRig, type DatabaseRig } from './snapshot.fixture.ts';
import { folderOf } from './snapshot-folder.ts';
import type { SnapshotRecord } from './snapshot.ts';

let rig: DatabaseRig;
let folder = '';
let record: SnapshotRecord;
beforeAll(async () => {
  rig = await createDatabaseRig();
  folder = folderOf(rig.workspace, { project: 'api', environment: 'dev', service: 'postgres' });
  await runSql(
    rig.database,
    `create table big as select g, repeat(md5(g::text), 20) as t from generate_series(1, 150000) g;
     create table state as select 'old' as was;`,
  );
  record = await createSnapshot(rig.database, { name: 'base' }, rig.invocation);
  await runSql(rig.database, "update state set was = 'new'");
});
afterAll(() => rig[Symbol.asyncDispose]());

const names = `select string_agg(datname, ' ' order by datname) from pg_database where not datistemplate`;

/** Runs an action in a process of its own, and sends it a signal when something is to be seen. */
async function interrupt(
  action: string,
  signal: NodeJS.Signals,
  isTime: () => boolean | Promise<boolean>,
): Promise<void> {
  const script = `
    import { createSnapshot, restoreSnapshot } from '${new URL('./index.ts', import.meta.url).href}';
    const { database, invocation, folder, record } = JSON.parse(process.argv[1]);
    const controller = new AbortController();
    process.on('SIGINT', () => controller.abort());
    const asked = { ...invocation, signal: controller.signal, report: console.error };
    await ${action}.catch((error) => { process.exitCode = error.name === 'Stopped' ? 130 : 1; });`;
  const { task, workspaceRoot } = rig.invocation;
  const input = JSON.stringify({
    database: rig.database,
    invocation: { task, workspaceRoot },
    folder,
    record,
  });
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, input], { stdio: 'ignore' });
  const end = once(child, 'exit');
  while (child.exitCode === null && !(await isTime())) await setImmediate();
  child.kill(signal);
  expect(await end).toEqual(signal === 'SIGKILL' ? [null, 'SIGKILL'] : [130, null]);
}

const create = `createSnapshot(database, { name: 'cut' }, asked)`;
const restore = `restoreSnapshot({ database, folder, record }, { confirm: async () => true }, asked)`;
const isWriting = (): boolean => readdirSync(folder).some((name) => name.startsWith('.cut.'));
const isRestoring = async (): Promise<boolean> => (await rig.ask(names)).includes('app_restore_');

describe('a command that is killed', () => {
  it('while it dumps, leaves no snapshot, and the next one removes what is left', async () => {
    await interrupt(create, 'SIGKILL', isWriting);
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual([
      'base.dump.zst',
      'base.json',
    ]);
    await createSnapshot(rig.database, { name: 'next' }, rig.invocation);
    expect(readdirSync(folder).toSorted()).toEqual([
      'base.dump.zst',
      'base.json',
      'next.dump.zst',
      'next.json',
    ]);
    expect(rig.lines.join('\n')).toMatch(/removed what a killed command left behind: \.cut\.\d+\.\w+\.tmp/);
  });

  it('while it restores, leaves the old data, and the next one removes what is left', async () => {
    await interrupt(restore, 'SIGKILL', isRestoring);
    expect(await rig.ask('select was from state')).toBe('new');
    await createSnapshot(rig.database, { name: 'after' }, rig.invocation);
    expect(await rig.ask(names)).toBe('app postgres');
    expect(rig.lines.join('\n')).toMatch(
      /a restore of app from base was killed before it was in use; removed its app_restore_\w+, and app is as it was/,
    );
  });

  it('when the restored data were in use already, has the next one drop what they replaced', async () => {
    const dead = writeMarker('old', 'app', 'base').replace(/"pid":\d+/, '"pid":4194304');
    await runSql(rig.database, 'create database app_before_12345678;', { database: 'template1' });
    await runSql(rig.database, `comment on database app_before_12345678 is ${quoteText(dead)};`);
    await createSnapshot(rig.database, { name: 'later' }, rig.invocation);
    expect(await rig.ask(names)).toBe('app postgres');
    expect(rig.lines.join('\n')).toContain(
      'when app was restored already; removed the replaced data (app_before_12345678)',
    );
  });
});

describe('Ctrl-C', () => {
  it('while it dumps or restores leaves everything as it was, at once', async () => {
    const before = readdirSync(folder).toSorted();
    await interrupt(create, 'SIGINT', isWriting);
    expect(readdirSync(folder).toSorted()).toEqual(before);
    await interrupt(restore, 'SIGINT', isRestoring);
    expect(await rig.ask(names)).toBe('app postgres');
    expect(await rig.ask('select was from state')).toBe('new');
  });
});

it('does not touch a restore that still runs, nor databases of others', async () => {
  const alive = writeMarker('new', 'app', 'base').replace(/"pid":\d+/, `"pid":${process.ppid}`);
  await runSql(rig.database, 'create database app_restore_1;', { database: 'template1' });
  await runSql(rig.database, `comment on database app_restore_1 is ${quoteText(alive)};`);
  await runSql(rig.database, 'create database app_before_mine;', { database: 'template1' });
  await createSnapshot(rig.database, { name: 'beside' }, rig.invocation);
  expect(await rig.ask(names)).toBe('app app_before_mine app_restore_1 postgres');
});

it('restores after all that', async () => {
  await restoreSnapshot(
    { database: rig.database, folder, record },
    { confirm: () => Promise.resolve(true) },
    rig.invocation,
  );
  expect(await rig.ask('select was from state')).toBe('old');
  expect(await rig.ask('select count(*) from big')).toBe('150000');
});
