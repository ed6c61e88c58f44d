import { runSql, type Database } from '../server/index.ts';
import { formatBytes, harmlessText } from '../../table/index.ts';
import type { SnapshotRecord } from './snapshot.ts';

/** What a restore would do. */
export interface RestorePlan {
  /** The database that is replaced or made. */
  readonly database: string;
  /** Bytes of what is replaced; undefined when there is no such database. */
  readonly replacedSize: number | undefined;
  readonly connections: number;
  /** Roles of the snapshot that the server does not have. */
  readonly missingOwners: readonly string[];
  readonly missingGrantees: readonly string[];
  /** For people, one sentence each. */
  readonly steps: readonly string[];
}

/** Looks at what a restore would find. */
export async function planRestore(database: Database, record: SnapshotRecord): Promise<RestorePlan> {
  const [found] = await runSql(
    database,
    `select pg_database_size(oid), (select count(*) from pg_stat_activity where datname = :'name')
       from pg_database where datname = :'name'`,
    { database: 'template1', variables: { name: database.name } },
  );
  const roles = await runSql(database, 'select rolname from pg_roles', { database: 'template1' });
  const known = new Set(roles.map(([role]) => role));
  const missing = (names: readonly string[]): readonly string[] => names.filter((name) => !known.has(name));
  const [missingOwners, missingGrantees] = [missing(record.owners), missing(record.grantees)];
  const [size, connections = '0'] = found ?? [];
  const { name, environment, service, user } = database;
  const where = `${name} of ${environment.project} ${environment.name} (${service})`;
  const steps = [
    `Restore snapshot ${record.name} of ${record.createdAt} (database ${record.database}, ${formatBytes(record.dumpSize)}) into a new database beside ${where}.`,
    size === undefined
      ? `Call it ${name}: there is none of this name yet.`
      : `Put it in the place of ${name}, whose ${formatBytes(Number(size))} of data are dropped then.`,
    ...(Number(connections) > 0 ? [`End the connections to ${name}: ${connections} now.`] : []),
    ...(missingOwners.length > 0
      ? [
          `Roles that own something in it are missing here: ${missingOwners.join(', ')}. Everything will belong to ${user}.`,
        ]
      : []),
    ...(missingGrantees.length > 0
      ? [
          `Roles with privileges in it are missing here: ${missingGrantees.join(', ')}. No privileges are restored.`,
        ]
      : []),
  ];
  return {
    database: name,
    replacedSize: size === undefined ? undefined : Number(size),
    connections: Number(connections),
    missingOwners,
    missingGrantees,
    // What the snapshot says of itself may have been written by anybody.
    steps: steps.map((step) => harmlessText(step, { colours: false })),
  };
}
