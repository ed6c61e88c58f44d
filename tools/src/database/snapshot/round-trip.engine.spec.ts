import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSql } from '../server/index.ts';
import { createSnapshot } from './create-snapshot.ts';
import { restoreSnapshot } from './restore-snapshot.ts';
import { createDatabaseRig, rigPassword, type DatabaseRig } from './snapshot.fixture.ts';
import { folderOf } from './snapshot-folder.ts';

let rig: DatabaseRig;
let folder = '';
const yes = { confirm: () => Promise.resolve(true) };

beforeAll(async () => {
  rig = await createDatabaseRig();
  folder = folderOf(rig.workspace, { project: 'api', environment: 'dev', service: 'postgres' });
  await runSql(
    rig.database,
    `create role reader; create role "Odd ""owner""";
     create table users (id serial primary key, name text not null);
     insert into users (name) select 'user ' || g from generate_series(1, 1000) g;
     create table odd ("ünï" bytea); insert into odd values ('\\x00ff1e1f0a');
     alter table odd owner to "Odd ""owner""";
     grant select on users to reader;
     alter database app set search_path to "$user", public, "we ird";
     alter database app set application_name to 'it''s';
     alter role reader in database app set work_mem to '8MB';
     revoke connect on database app from public; grant connect on database app to reader;
     comment on database app is 'the app''s own';
     alter database app connection limit 40;`,
  );
});
afterAll(() => rig[Symbol.asyncDispose]());

describe('a snapshot of a running server', () => {
  it('is a file that only its user reads, and a record of what it is', async () => {
    const record = await createSnapshot(rig.database, { name: 'first' }, rig.invocation);
    expect(record).toMatchObject({
      project: 'api',
      environment: 'dev',
      service: 'postgres',
      database: 'app',
      file: 'first.dump.zst',
      owners: ['Odd "owner"', 'owner'],
      grantees: ['reader'],
    });
    expect(record.serverVersion).toMatch(/^15\.\d+$/);
    expect(readdirSync(folder).toSorted()).toEqual(['first.dump.zst', 'first.json']);
    expect(statSync(join(folder, record.file)).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'first.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, record.file)).size).toBe(record.size);
    expect(readFileSync(join(folder, 'first.json'), 'utf8')).not.toContain(rigPassword);
  });

  it('gives back the content, and keeps what is set for the database itself', async () => {
    const settings = `select d.datconnlimit, d.datacl, shobj_description(d.oid, 'pg_database'), pg_get_userbyid(datdba),
      (select string_agg(setrole::regrole || ' ' || setconfig::text, ';' order by 1) from pg_db_role_setting where setdatabase = d.oid)
      from pg_database d where datname = 'app'`;
    const before = await rig.ask(settings);
    const record = await createSnapshot(rig.database, { name: 'content' }, rig.invocation);
    await runSql(rig.database, `delete from users where id > 3; drop table odd; create table later (x int);`);
    const outcome = await restoreSnapshot({ database: rig.database, folder, record }, yes, rig.invocation);
    expect(outcome.kind).toBe('restored');
    expect(await rig.ask('select count(*), max(id) from users')).toBe('1000|1000');
    expect(await rig.ask("select nextval('users_id_seq')")).toBe('1001');
    expect(await rig.ask('select * from odd')).toBe(String.raw`\x00ff1e1f0a`);
    expect(await rig.ask(`select tableowner from pg_tables where tablename = 'odd'`)).toBe('Odd "owner"');
    expect(await rig.ask(`select has_table_privilege('reader', 'users', 'select')`)).toBe('t');
    expect(await rig.ask(`select to_regclass('later') is null`)).toBe('t');
    expect(await rig.ask(settings)).toBe(before);
    expect(before).toContain('$user');
    expect(await rig.ask('select datname from pg_database where datallowconn order by 1')).toBe(
      'app\npostgres\ntemplate1',
    );
  });

  it('takes the place of a database that is in use', async () => {
    const record = await createSnapshot(rig.database, { name: 'busy' }, rig.invocation);
    const stubborn = new AbortController();
    const reconnecting = (async () => {
      let connections = 0;
      while (!stubborn.signal.aborted) {
        await runSql(rig.database, 'select pg_sleep(5)', { signal: stubborn.signal }).catch(() => undefined);
        connections++;
      }
      return connections;
    })();
    await runSql(rig.database, 'delete from users');
    try {
      await restoreSnapshot({ database: rig.database, folder, record }, yes, rig.invocation);
    } finally {
      stubborn.abort();
    }
    expect(await reconnecting).toBeGreaterThan(0);
    expect(await rig.ask('select count(*) from users')).toBe('1000');
  });
});
