import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listMigrations, migrateDown, migrateUp } from './migrate-database.ts';
import { MigrationError, parseMigration, readMigrations } from './migration.ts';
import { startPostgres } from './postgres-rig.ts';
import type { PostgresServer, TestDatabase } from './postgres-rig.ts';

const real = await readMigrations(join(import.meta.dirname, '../db/migrations'));
const migration = (version: number, up: string, down: string) =>
  parseMigration(`${version}_spec.sql`, `-- migrate:up\n${up}\n-- migrate:down\n${down}`);
const first = migration(1, 'create table one (n int)', 'drop table one');
const second = migration(2, 'create table two (n int)', 'drop table two');

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());

const describeColumns = async ({ pool }: TestDatabase) => {
  const { rows } = await pool.query<{ column: string }>(
    `select table_name || '.' || column_name as column from information_schema.columns
     where table_schema = 'public' order by 1`,
  );
  return rows.map(({ column }) => column);
};

it('goes forward, back and forward again with the migrations of the api', async () => {
  await using database = await server.createDatabase();
  expect(await migrateUp(database.pool, real)).toEqual(real);
  const forward = await describeColumns(database);
  expect(forward).toEqual(['runs.id', 'runs.record', 'schema_migrations.version']);
  for (const expected of real.toReversed()) expect(await migrateDown(database.pool, real)).toEqual(expected);
  expect(await migrateDown(database.pool, real)).toBeUndefined();
  expect(await describeColumns(database)).toEqual(['schema_migrations.version']);
  expect(await migrateUp(database.pool, real)).toEqual(real);
  expect(await describeColumns(database)).toEqual(forward);
});

it('applies only what is new', async () => {
  await using database = await server.createDatabase();
  await migrateUp(database.pool, [first]);
  expect(await migrateUp(database.pool, [first, second])).toEqual([second]);
  expect(await migrateUp(database.pool, [first, second])).toEqual([]);
});

it('applies each migration once when several start together', async () => {
  await using database = await server.createDatabase();
  const all = await Promise.all([1, 2, 3, 4].map(() => migrateUp(database.pool, [first, second])));
  expect(
    all
      .flat()
      .map(({ version }) => version)
      .sort(),
  ).toEqual(['1', '2']);
});

it('keeps nothing of a migration that fails, and all that came before', async () => {
  await using database = await server.createDatabase();
  const broken = migration(2, 'create table two (n int); select 1 / 0', 'drop table two');
  await expect(migrateUp(database.pool, [first, broken])).rejects.toThrow(
    new MigrationError('2_spec.sql: division by zero. Nothing of it was kept: correct it and run it again.'),
  );
  expect(await describeColumns(database)).toEqual(['one.n', 'schema_migrations.version']);
  expect(await migrateUp(database.pool, [first, second])).toEqual([second]);
});

it('lists what is applied, what is pending and what no file describes, and changes nothing', async () => {
  await using database = await server.createDatabase();
  expect(await listMigrations(database.pool, [first])).toEqual([
    { version: '1', file: '1_spec.sql', applied: false },
  ]);
  expect(await describeColumns(database)).toEqual([]);
  await migrateUp(database.pool, [first, second]);
  const third = migration(3, 'select 1', 'select 1');
  expect(await listMigrations(database.pool, [first, third])).toEqual([
    { version: '1', file: '1_spec.sql', applied: true },
    { version: '2', file: null, applied: true },
    { version: '3', file: '3_spec.sql', applied: false },
  ]);
});

it('does not take back what no file describes', async () => {
  await using database = await server.createDatabase();
  await migrateUp(database.pool, [first, second]);
  await expect(migrateDown(database.pool, [first])).rejects.toThrow(
    'The database has migration 2, which no file in db/migrations describes: check out the version that has it.',
  );
});
