import { setTimeout as sleep } from 'node:timers/promises';
import { runSql, type Database } from '../server/index.ts';
import { quoteName, quoteText } from './quote.ts';
import { workName, writeMarker } from './restore-marker.ts';

/** What takes the place of what. */
export interface Swap {
  readonly database: Database;
  /** The name of the restored one. */
  readonly restored: string;
  readonly id: string;
  readonly snapshot: string;
  /** Of the database that is replaced; undefined when there is none. */
  readonly comment: string | null | undefined;
}

const maintenance = { database: 'template1' } as const;

/** Milliseconds between two looks for connections that came back. */
const pause = 400;

/**
 * Puts a restored database in the place of the old one: one transaction renames both, so that whatever happens there is
 * either the old one or the new one under the name, never none. Returns the name of the old one, if there is any.
 */
export async function swapDatabase({
  database,
  restored,
  id,
  snapshot,
  comment,
}: Swap): Promise<string | undefined> {
  const target = quoteName(database.name);
  const old = workName(database.name, 'old', id);
  const rename = `alter database ${quoteName(restored)} rename to ${target};
    comment on database ${target} is ${comment === undefined || comment === null ? 'NULL' : quoteText(comment)};`;
  if (comment === undefined) {
    await runSql(database, `begin; ${rename} commit;`, maintenance);
    return undefined;
  }
  const marker = quoteText(writeMarker('old', database.name, snapshot));
  await endConnections(database, [database.name, restored]);
  const swapping = runSql(
    database,
    `begin;
     alter database ${target} rename to ${quoteName(old)};
     comment on database ${quoteName(old)} is ${marker};
     ${rename}
     commit;`,
    maintenance,
  );
  // PostgreSQL keeps new connections out while it renames, and waits 5 s for those that slipped in before.
  const settled = swapping.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([settled, sleep(pause, false)])))
    await endConnections(database, [database.name, restored]);
  await swapping;
  return old;
}

/** Ends everybody's connections to databases. */
export async function endConnections(database: Database, names: readonly string[]): Promise<void> {
  const list = names.map(quoteText).join(', ');
  await runSql(
    database,
    `select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and datname in (${list})`,
    maintenance,
  );
}

/** Removes a database with everything in it. */
export async function dropDatabase(database: Database, name: string): Promise<void> {
  await endConnections(database, [name]);
  await runSql(database, `drop database if exists ${quoteName(name)};`, maintenance);
}
