import type { Pool, PoolClient } from 'pg';
import { MigrationError } from './migration.ts';
import type { Migration } from './migration.ts';

/** Any number that nothing else locks in these databases; who holds it may change the schema. */
const LOCK = 4_310_202_603;

/** A migration and whether the database has it; `file` is null where the database has one that no file describes. */
export interface MigrationState {
  readonly version: string;
  readonly file: string | null;
  readonly applied: boolean;
}

/** Applies all migrations that the database lacks, oldest first, each in its own transaction; gives those it applied. Several may call at once: the others wait, and find nothing left to do. */
export const migrateUp = async (pool: Pool, migrations: readonly Migration[]): Promise<Migration[]> => {
  const done: Migration[] = [];
  for (const migration of migrations) {
    const isNew = await withLock(pool, async (client) => {
      if ((await readApplied(client)).has(migration.version)) return false;
      await runSql(client, migration, migration.up);
      await client.query('insert into schema_migrations (version) values ($1)', [migration.version]);
      return true;
    });
    if (isNew) done.push(migration);
  }
  return done;
};

/** Takes the newest migration back and gives it; undefined where none is applied. */
export const migrateDown = async (
  pool: Pool,
  migrations: readonly Migration[],
): Promise<Migration | undefined> =>
  withLock(pool, async (client) => {
    const newest = [...(await readApplied(client))].sort().at(-1);
    if (newest === undefined) return undefined;
    const migration = migrations.find(({ version }) => version === newest);
    if (migration === undefined) {
      throw new MigrationError(
        `The database has migration ${newest}, which no file in db/migrations describes: check out the version that has it.`,
      );
    }
    await runSql(client, migration, migration.down);
    await client.query('delete from schema_migrations where version = $1', [newest]);
    return migration;
  });

/** Every migration that there is a file for or that the database has, oldest first. Changes nothing. */
export const listMigrations = async (
  pool: Pool,
  migrations: readonly Migration[],
): Promise<MigrationState[]> => {
  const { rows } = await pool.query<{ found: boolean }>(
    `select to_regclass('schema_migrations') is not null as found`,
  );
  const applied = rows[0]?.found === true ? await readApplied(pool) : new Set<string>();
  const known = migrations.map(({ version, file }) => ({ version, file, applied: applied.has(version) }));
  const unknown = [...applied]
    .filter((version) => migrations.every((migration) => migration.version !== version))
    .map((version) => ({ version, file: null, applied: true }));
  return [...known, ...unknown].sort((left, right) => (left.version < right.version ? -1 : 1));
};

async function withLock<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('begin');
    // The transaction's own lock, so that no way of ending leaves it behind.
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    // The form that dbmate gives the table.
    await client.query('create table if not exists schema_migrations (version varchar(128) primary key)');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release(failure);
  }
}

async function readApplied(client: Pool | PoolClient): Promise<Set<string>> {
  const { rows } = await client.query<{ version: string }>('select version from schema_migrations');
  return new Set(rows.map(({ version }) => version));
}

async function runSql(client: PoolClient, migration: Migration, sql: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(
      `${migration.file}: ${reason}. Nothing of it was kept: correct it and run it again.`,
      {
        cause: error,
      },
    );
  }
}
