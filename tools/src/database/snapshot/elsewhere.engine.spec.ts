import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseDatabase, runSql } from '../server/index.ts';
import { actOnSnapshots, type SnapshotRequest } from './snapshot-actions.ts';
import { createDatabaseRig, databaseEnvironment, type DatabaseRig } from './snapshot.fixture.ts';

let dev: DatabaseRig;
let test: DatabaseRig;
beforeAll(async () => {
  [dev, test] = await Promise.all([
    createDatabaseRig(),
    // Its content is the name of the database: 15.
    createDatabaseRig({ POSTGRES_DB_FILE: '/var/lib/postgresql/data/PG_VERSION' }),
  ]);
});
afterAll(async () => {
  await dev[Symbol.asyncDispose]();
  await test[Symbol.asyncDispose]();
});

const act = (more: Partial<SnapshotRequest>, confirm = true) =>
  actOnSnapshots(
    {
      ...{ action: 'create', replace: false, dryRun: false },
      environments: [dev.environment, { ...test.environment, name: 'test' }],
      confirm: () => Promise.resolve(confirm),
      ...more,
    },
    dev.invocation,
  );

it('reads user and database as the container was told them, from files too', () => {
  expect(dev.database).toMatchObject({ name: 'app', user: 'owner', major: 15, service: 'postgres' });
  expect(test.database).toMatchObject({ name: '15', user: 'postgres' });
});

it('restores into another environment, which has other roles and no such database yet', async () => {
  await runSql(
    dev.database,
    `create role writer; create role viewer; create table notes (x int); alter table notes owner to writer;
     create table plain (x int); insert into plain values (7); grant select on plain to viewer;`,
  );
  await act({ name: 'moved' });
  const plan = await act({
    action: 'restore',
    name: 'moved',
    from: 'dev',
    environment: 'test',
    dryRun: true,
  });
  expect(plan).toMatchObject({ kind: 'planned' });
  expect('lines' in plan ? plan.lines.slice(1) : []).toEqual([
    'Call it 15: there is none of this name yet.',
    'Roles that own something in it are missing here: owner, writer. Everything will belong to postgres.',
    'Roles with privileges in it are missing here: viewer. No privileges are restored.',
  ]);
  const result = await act({ action: 'restore', name: 'moved', from: 'dev', environment: 'test' });
  expect(result).toMatchObject({ kind: 'restored' });
  expect(await test.ask('select x from plain')).toBe('7');
  expect(await test.ask("select distinct tableowner from pg_tables where schemaname = 'public'")).toBe(
    'postgres',
  );
});

it('replaces the database `postgres` itself', async () => {
  await runSql(test.database, 'create table mine (x int)', { database: 'postgres' });
  await act({ name: 'own', environment: 'test', database: 'postgres' });
  await runSql(test.database, 'drop table mine', { database: 'postgres' });
  await act({ action: 'restore', name: 'own', environment: 'test' });
  expect(await test.ask('select count(*) from mine', 'postgres')).toBe('0');
});

it('changes nothing when the answer is no', async () => {
  await act({ name: 'kept' });
  await runSql(dev.database, 'insert into plain values (8)');
  expect(await act({ action: 'restore', name: 'kept' }, false)).toMatchObject({ kind: 'declined' });
  expect(await dev.ask('select count(*) from plain')).toBe('2');
});

it('restores a database whose name is as long as a name can be', async () => {
  const name = `${'long name "ü" '.repeat(4)}end`;
  await runSql(dev.database, `create database "${name.replaceAll('"', '""')}";`, { database: 'template1' });
  await act({ name: 'long', database: name });
  await act({ action: 'restore', name: 'long', database: name });
  expect((await dev.ask('select datname from pg_database where datname ~ $$^long$$')).split('\n')).toEqual([
    name,
  ]);
});

it('says what to do when a server is down, and which environments and projects there are', async () => {
  const down = databaseEnvironment('down', dev.workspace);
  await expect(act({ environment: 'down', environments: [dev.environment, down] })).rejects.toThrow(
    'api:db:snapshot: postgres of api down is down.\nBring it up with `nx compose:up api -c down --detach`, or add --up.',
  );
  await expect(act({ environment: 'live' })).rejects.toThrow(
    'api has no environment live with a PostgreSQL service. There is: dev, test.',
  );
  await expect(
    act({ environments: [dev.environment, databaseEnvironment('dev', dev.workspace, 'web')] }),
  ).rejects.toThrow(
    'several projects have a PostgreSQL service: api, web.\nSay which one: `--projects=api`.',
  );
  await expect(act({ environments: [] })).rejects.toThrow(
    /no PostgreSQL service was found in the compose files/,
  );
  await expect(
    chooseDatabase(dev.environment, { service: 'nope' }, { name: 't', report: () => undefined }),
  ).rejects.toThrow('t: api dev has no PostgreSQL service nope.');
});
