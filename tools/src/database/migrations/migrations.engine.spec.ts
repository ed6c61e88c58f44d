import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSql } from '../server/index.ts';
import { createDatabaseRig, databaseEnvironment, type DatabaseRig } from '../snapshot/snapshot.fixture.ts';
import { alembicIni, dbmateFile, migrationFolder, revision } from './migration-folder.fixture.ts';
import { platformMigrations, type MigrationsRequest } from './platform-migrations.ts';
import { renderMigrations, type MigrationView } from './render-migrations.ts';

let dev: DatabaseRig;
let test: DatabaseRig;
beforeAll(async () => {
  [dev, test] = await Promise.all([createDatabaseRig(), createDatabaseRig()]);
});
afterAll(async () => {
  await dev[Symbol.asyncDispose]();
  await test[Symbol.asyncDispose]();
});

// The tables as alembic 1.20, dbmate 2, node-pg-migrate 8, Flyway and golang-migrate make them.
const tables = {
  alembic: 'create table alembic_version (version_num varchar(32) primary key)',
  dbmate: 'create table schema_migrations (version varchar primary key)',
  nodePgMigrate:
    'create table pgmigrations (id serial primary key, name varchar(255) not null, run_on timestamp not null)',
  flyway: `create table flyway_schema_history (installed_rank int primary key, version varchar(50), description varchar(200),
    type varchar(20), script varchar(1000), checksum int, installed_by varchar(100), installed_on timestamp default now(),
    execution_time int, success boolean)`,
  golangMigrate: 'create table schema_migrations (version bigint primary key, dirty boolean not null)',
};

async function look(
  files: Readonly<Record<string, string>>,
  sql: { readonly dev?: string; readonly test?: string },
  more: Partial<MigrationsRequest> = {},
) {
  using project = migrationFolder(files);
  const reset = 'drop schema public cascade; create schema public; drop schema if exists audit cascade;';
  await Promise.all([
    runSql(dev.database, `${reset} ${sql.dev ?? ''}`),
    runSql(test.database, `${reset} ${sql.test ?? ''}`),
  ]);
  const environments = [
    { ...dev.environment, folder: project.folder },
    { ...test.environment, name: 'test', folder: project.folder },
    databaseEnvironment('absent', project.folder),
  ];
  const found = await platformMigrations(
    { environments, ...more },
    { name: 'api:db:migrations', report: () => undefined },
  );
  const show = (view: MigrationView): string => renderMigrations(found, view, { colours: false });
  return { ...found, show, drift: found.projects[0]?.drift, read: found.projects[0]?.environments };
}

const two = { 'db/migrations/1_users.sql': dbmateFile, 'db/migrations/2_email.sql': dbmateFile };

describe('migrations of a database', () => {
  it('are current, pending and applied; an environment that is down is told as such', async () => {
    const one = `${tables.dbmate}; insert into schema_migrations values ('1');`;
    const found = await look(two, { dev: one, test: one });
    expect(found.read).toMatchObject([
      { kind: 'read', current: ['1'], pending: ['2'], unknown: [] },
      { kind: 'read', current: ['1'], pending: ['2'] },
      { kind: 'down', environment: 'absent', service: 'postgres' },
    ]);
    expect(found.problems).toEqual([]);
    expect(
      found
        .show('status')
        .split('\n')
        .map((line) => line.trimEnd()),
    ).toEqual([
      'PROJECT  ENVIRONMENT  TOOL    CURRENT  APPLIED  PENDING  STATE',
      'api      dev          dbmate  1              1        1  pending',
      'api      test         dbmate  1              1        1  pending',
      'api      absent       dbmate                             down',
      '',
    ]);
    expect(found.show('pending')).toContain('api      dev          2        email');
    expect(found.show('history')).toContain('api      1          users  dev, test');
    expect((await look(two, { dev: one, test: one }, { check: true })).problems).toContain(
      'api dev: 1 pending: 2.',
    );
  });

  it('drift when one environment has what another one has not', async () => {
    const found = await look(two, {
      dev: `${tables.dbmate}; insert into schema_migrations values ('1'), ('2');`,
      test: `${tables.dbmate}; insert into schema_migrations values ('1');`,
    });
    expect(found.drift).toEqual([{ id: '2', appliedIn: ['dev'], missingIn: ['test'] }]);
    expect(found.problems).toEqual(['api: 2 is applied in dev and not in test. Run the migrations of test.']);
    expect(found.show('drift')).toContain('api      2          email  dev         test');
  });

  it('that no file has are a problem', async () => {
    const sql = `${tables.dbmate}; insert into schema_migrations values ('1'), ('3');`;
    const found = await look(two, { dev: sql, test: sql });
    expect(found.problems[0]).toMatch(
      /^api dev: 3 is applied, and no file in .* has it\. Check out the commit that has, or restore a snapshot from before\.$/,
    );
    expect(found.show('status')).toContain('wrong');
  });
});

describe('the tables of tools', () => {
  it('Alembic writes down the last revision, and its predecessors count too; in any schema', async () => {
    const files = {
      'alembic.ini': alembicIni,
      'migrations/versions/a.py': revision('aaa', 'None'),
      'migrations/versions/b.py': revision('bbb', "'aaa'"),
      'migrations/versions/c.py': revision('ccc', "'bbb'"),
    };
    const sql = `create schema audit; ${tables.alembic.replace('table ', 'table audit.')}; insert into audit.alembic_version values ('bbb')`;
    const found = await look(files, { dev: sql, test: sql });
    expect(found.read?.[0]).toMatchObject({
      table: 'audit.alembic_version',
      current: ['bbb'],
      applied: [{ id: 'aaa' }, { id: 'bbb' }],
      pending: ['ccc'],
    });
  });

  it('node-pg-migrate writes down names and times', async () => {
    const files = {
      'migrations/1795276490239_first-one.js': '',
      'migrations/1795276490425_second-one.js': '',
    };
    const sql = `${tables.nodePgMigrate}; insert into pgmigrations (name, run_on) values ('1795276490239_first-one', '2026-11-21 15:54:50.78')`;
    const found = await look(files, { dev: sql, test: sql });
    expect(found.read?.[0]).toMatchObject({
      current: ['1795276490239_first-one'],
      pending: ['1795276490425_second-one'],
    });
    expect(found.show('history')).toContain('dev (2026-11-21 15:54:50)');
  });

  it('Flyway and golang-migrate write numbers in their own way', async () => {
    const flyway = `${tables.flyway}; insert into flyway_schema_history (installed_rank, version, type, script, success) values
      (1, '1', 'SQL', 'V1__a.sql', true), (2, '1.1', 'SQL', 'V1_1__b.sql', false)`;
    const files = { 'migrations/V1__a.sql': '', 'migrations/V1_1__b.sql': '', 'migrations/V2__c.sql': '' };
    const found = await look(files, { dev: flyway, test: flyway });
    expect(found.read?.[0]).toMatchObject({
      current: ['1_1'],
      pending: ['2'],
      problems: ['Migration 1_1 failed half-way.'],
    });
    const golang = `${tables.golangMigrate}; insert into schema_migrations values (2, false)`;
    const numbered = {
      'migrations/001_a.up.sql': '',
      'migrations/002_b.up.sql': '',
      'migrations/003_c.up.sql': '',
    };
    const other = await look(numbered, { dev: golang, test: golang });
    expect(other.read?.[0]).toMatchObject({ applied: [{ id: '001' }, { id: '002' }], pending: ['003'] });
  });

  it('without any, numbered SQL is unknown, and that is said', async () => {
    const found = await look({ 'migrations/1_a.sql': '' }, {});
    expect(found.read?.[0]).toMatchObject({ table: undefined, pending: [] });
    expect(found.problems).toEqual([]);
    expect(found.show('status')).toContain(
      'api dev: No table of migrations was found, so nothing is known about what is applied.',
    );
  });
});
