import { z } from 'zod';
import { runSql, type Database } from '../server/index.ts';
import type { AppliedMigration, MigrationSet, MigrationTool } from './migration.ts';

/** What a database says of its migrations. */
export interface AppliedState {
  /** The table that says so, with its schema; undefined when there is none. */
  readonly table: string | undefined;
  /** Oldest first, as far as it is known. */
  readonly applied: readonly AppliedMigration[];
  /** What the table says is wrong: a migration that failed half-way. */
  readonly problems: readonly string[];
}

const tables: Readonly<Record<MigrationTool, readonly string[]>> = {
  alembic: ['alembic_version'],
  dbmate: ['schema_migrations'],
  'node-pg-migrate': ['pgmigrations'],
  sql: [
    ...['schema_migrations', 'flyway_schema_history', 'goose_db_version', '_sqlx_migrations'],
    ...['refinery_schema_history', 'schema_version', 'schema_history', 'migrations', '_migrations'],
    'pgmigrations',
  ],
};

const record = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]).catch(null));
type Row = z.infer<typeof record>;

/** Reads which migrations a database has. The table may be in any schema; rows come as JSON, whatever their columns are. */
export async function readApplied(database: Database, set: MigrationSet): Promise<AppliedState> {
  const names = tables[set.tool];
  const found = await runSql(
    database,
    `select format('%I.%I', n.nspname, c.relname), c.relname
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and c.relname in (${names.map((name) => `'${name}'`).join(', ')})
      order by not pg_table_is_visible(c.oid), n.nspname = 'public' desc, n.nspname`,
  );
  const [table] = names.flatMap((name) => found.find(([, relation]) => relation === name)?.[0] ?? []);
  if (table === undefined) return { table, applied: [], problems: [] };
  const rows = (await runSql(database, `select to_json(t) from ${table} t`)).map(([json = '{}']) =>
    record.parse(JSON.parse(json)),
  );
  const state = set.tool === 'alembic' ? ofAlembic(rows, set) : ofRows(rows, set);
  return { table, ...state };
}

/** Alembic writes down the last revisions only: their predecessors are applied too. */
function ofAlembic(rows: readonly Row[], set: MigrationSet): Omit<AppliedState, 'table'> {
  const byId = new Map(set.migrations.map((migration) => [migration.id, migration]));
  const applied = new Set<string>();
  const add = (id: string): void => {
    if (applied.has(id)) return;
    applied.add(id);
    for (const parent of byId.get(id)?.after ?? []) add(parent);
  };
  for (const { version_num: id } of rows) if (typeof id === 'string') add(id);
  return {
    applied: inOrder(
      [...applied].map((id) => ({ id })),
      set,
    ),
    problems: [],
  };
}

const idColumns = ['version', 'version_id', 'name', 'filename', 'file_name', 'script', 'migration', 'id'];
const timeColumns = ['run_on', 'installed_on', 'applied_at', 'executed_at', 'created_at', 'tstamp', 'run_at'];

function ofRows(rows: readonly Row[], set: MigrationSet): Omit<AppliedState, 'table'> {
  const problems: string[] = [];
  const applied = new Map<string, AppliedMigration>();
  for (const row of rows.toSorted(byRank)) {
    const column = set.tool === 'node-pg-migrate' ? 'name' : idColumns.find((name) => row[name] != null);
    const value = column === undefined ? undefined : row[column];
    if (value === undefined || value === null) continue;
    const id = asIn(set, String(value));
    if (row['dirty'] === true || row['success'] === false) problems.push(`Migration ${id} failed half-way.`);
    // goose begins with a version 0 that is none, and writes down what it takes back.
    if (id === '0' && 'is_applied' in row) continue;
    if (row['is_applied'] === false || row['type'] === 'DELETE') {
      applied.delete(id);
      continue;
    }
    if ('dirty' in row) {
      // golang-migrate has one row, the last version.
      const last = set.migrations.findIndex((migration) => migration.id === id);
      for (const before of set.migrations.slice(0, Math.max(0, last)))
        applied.set(before.id, { id: before.id });
    }
    const at = timeColumns.map((name) => row[name]).find((time) => typeof time === 'string');
    applied.set(id, typeof at === 'string' ? { id, at } : { id });
  }
  return { applied: inOrder([...applied.values()], set), problems };
}

function byRank(one: Row, other: Row): number {
  const rank = (row: Row): number => Number(row['installed_rank'] ?? row['id'] ?? 0);
  return rank(one) - rank(other) || 0;
}

/** The id under which the files have it: tables write 1 for `001`, 1.2 for `1_2`, or the name of the file. */
function asIn(set: MigrationSet, value: string): string {
  const exact = set.migrations.find(({ id }) => id === value);
  if (exact !== undefined) return exact.id;
  const plain = (text: string): string =>
    text
      .split(/[._]/)
      .map((part) => part.replace(/^0+(?=\d)/, ''))
      .join('.');
  const alike = set.migrations.find(
    ({ id, file }) =>
      plain(id) === plain(value) || file.endsWith(`/${value}`) || file.endsWith(`/${value}.sql`),
  );
  return alike?.id ?? value;
}

function inOrder(applied: readonly AppliedMigration[], set: MigrationSet): readonly AppliedMigration[] {
  const place = new Map(set.migrations.map(({ id }, index) => [id, index]));
  return applied.toSorted(
    (one, other) => (place.get(one.id) ?? Infinity) - (place.get(other.id) ?? Infinity) || 0,
  );
}
