import { hostname } from 'node:os';
import { DatabaseFailure, runSql, type Database } from '../server/index.ts';
import { quoteName } from './quote.ts';
import { readMarker, type RestoreMarker } from './restore-marker.ts';
import type { SnapshotInvocation } from './snapshot-request.ts';
import { dropDatabase } from './swap-database.ts';

/**
 * Finishes or undoes restores that were killed: what was not in use yet is dropped, and what had been replaced already
 * too. Restores that still run are left alone.
 */
export async function tidyRestores(
  database: Database,
  { task, report }: Pick<SnapshotInvocation, 'task' | 'report'>,
): Promise<void> {
  const rows = await runSql(
    database,
    `select d.datname, shobj_description(d.oid, 'pg_database'),
            (select count(*) from pg_stat_activity a where a.datname = d.datname)
       from pg_database d where shobj_description(d.oid, 'pg_database') like 'switchyard:%'`,
    { database: 'template1' },
  );
  for (const [name = '', comment = '', connections = '0'] of rows) {
    const marker = readMarker(comment);
    if (marker === undefined || isAtWork(marker, Number(connections))) continue;
    try {
      report(`${task}: ${await tidy(database, name, marker)}`);
    } catch (error) {
      if (!(error instanceof DatabaseFailure)) throw error;
      report(`Warning: ${task}: ${name} is left of a restore and could not be removed.\n${error.message}`);
    }
  }
}

async function tidy(database: Database, name: string, marker: RestoreMarker): Promise<string> {
  const what = `a restore of ${marker.database} from ${marker.snapshot} was killed`;
  if (marker.role === 'new') {
    await dropDatabase(database, name);
    return `${what} before it was in use; removed its ${name}, and ${marker.database} is as it was.`;
  }
  const [successor] = await runSql(database, "select 1 from pg_database where datname = :'name'", {
    database: 'template1',
    variables: { name: marker.database },
  });
  if (successor === undefined) {
    const [from, to] = [quoteName(name), quoteName(marker.database)];
    const sql = `begin; alter database ${from} rename to ${to}; comment on database ${to} is NULL; commit;`;
    await runSql(database, sql, { database: 'template1' });
    return `${what}, and ${marker.database} is gone; its data from before are back under its name.`;
  }
  await dropDatabase(database, name);
  return `${what} when ${marker.database} was restored already; removed the replaced data (${name}).`;
}

/** Whether the process that made it is alive; of another machine nobody knows, so its connections are looked at. */
function isAtWork({ host, pid }: RestoreMarker, connections: number): boolean {
  if (host !== hostname()) return connections > 0;
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
