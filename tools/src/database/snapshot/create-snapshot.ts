import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseFailure, describeDatabase, runSql, type Database } from '../server/index.ts';
import { bestCompression } from './compression.ts';
import { explainFileError } from './explain-file-error.ts';
import { underLocks, type LockWish } from './under-locks.ts';
import { tidyRestores } from './tidy-restores.ts';
import { warnIfTracked } from './ignored-folder.ts';
import {
  existsSnapshot,
  folderOf,
  makeFolder,
  removeLeftFiles,
  removeSnapshotFiles,
  temporaryName,
} from './snapshot-folder.ts';
import { checkSnapshotName, nameByTime } from './snapshot-name.ts';
import { snapshotCommand, type SnapshotInvocation } from './snapshot-request.ts';
import { snapshotFormat, type SnapshotRecord } from './snapshot.ts';
import { writeDump } from './write-dump.ts';

/** Which name a new snapshot gets; by default the time. */
export interface CreateOptions {
  readonly name?: string;
  /** Take the place of the one that has this name. */
  readonly replace?: boolean;
}

/**
 * Dumps a database into a new snapshot. Either all of it is there afterwards or nothing new is: it becomes a snapshot by
 * a rename, after everything is on the disk. Throws a DatabaseFailure, or Stopped.
 */
export async function createSnapshot(
  database: Database,
  { name = nameByTime(new Date()), replace = false }: CreateOptions,
  invocation: SnapshotInvocation,
): Promise<SnapshotRecord> {
  const { task, workspaceRoot, report } = invocation;
  checkSnapshotName(task, name);
  const { project, name: environment } = database.environment;
  const folder = folderOf(workspaceRoot, { project, environment, service: database.service });
  try {
    makeFolder(workspaceRoot, folder);
    const locks: readonly LockWish[] = [
      { name: `compose:${database.environment.composeProject}`, mode: 'shared' },
      { name: `snapshots:${folder}`, mode: 'exclusive' },
    ];
    return await underLocks(invocation, locks, async () => {
      const left = removeLeftFiles(folder);
      if (left.length > 0) report(`${task}: removed what a killed command left behind: ${left.join(', ')}.`);
      await tidyRestores(database, invocation);
      if (existsSnapshot(folder, name) && !replace)
        throw new DatabaseFailure(
          `${task}: there is a snapshot ${name} already.\nChoose another name, give --replace, or delete it: \`${snapshotCommand(database, 'delete', ` --name=${name}`)}\`.`,
        );
      const record = await dumpInto(folder, name, database, invocation);
      await warnIfTracked(workspaceRoot, join(folder, record.file), report);
      return record;
    });
  } catch (error) {
    throw explainFileError(task, `the snapshot ${name} was not made`, error);
  }
}

async function dumpInto(
  folder: string,
  name: string,
  database: Database,
  { task, signal }: SnapshotInvocation,
): Promise<SnapshotRecord> {
  const compression = bestCompression();
  const random = randomBytes(4).toString('hex');
  const plainFile = `${name}.dump.${compression.extension}`;
  const file = existsSync(join(folder, plainFile))
    ? `${name}~${random}.dump.${compression.extension}`
    : plainFile;
  const temporary = join(folder, temporaryName(name, random));
  const temporaryRecord = join(folder, temporaryName(`${name}.json`, random));
  const doing = `${task}: dumping ${describeDatabase(database)}`;
  try {
    const roles = await rolesOf(database);
    const dump = await writeDump(database, { file: temporary, compression, doing, signal });
    const record: SnapshotRecord = {
      format: snapshotFormat,
      name,
      project: database.environment.project,
      environment: database.environment.name,
      composeProject: database.environment.composeProject,
      service: database.service,
      database: database.name,
      createdAt: new Date().toISOString(),
      createdBy: `${userInfo().username}@${hostname()}`,
      serverVersion: database.version,
      dumpVersion: dump.header.dumpVersion,
      file,
      compression: compression.name,
      size: dump.size,
      dumpSize: dump.dumpSize,
      sha256: dump.sha256,
      ...roles,
    };
    await writeDurably(temporaryRecord, `${JSON.stringify(record, undefined, 2)}\n`);
    await rename(temporary, join(folder, file));
    // From here on it is the snapshot of this name, and before it was not.
    await rename(temporaryRecord, join(folder, `${name}.json`));
    removeSnapshotFiles(folder, name, [file, `${name}.json`]);
    await syncFolder(folder);
    return record;
  } finally {
    await Promise.all([temporary, temporaryRecord].map((path) => rm(path, { force: true })));
  }
}

/** Roles that a restore needs. The first superuser is pinned, so that nothing is written down about what it owns. */
async function rolesOf(database: Database): Promise<Pick<SnapshotRecord, 'owners' | 'grantees'>> {
  const rows = await runSql(
    database,
    `select distinct r.rolname, d.deptype = 'o'
       from pg_shdepend d join pg_roles r on r.oid = d.refobjid
      where d.refclassid = 'pg_authid'::regclass and d.dbid = (select oid from pg_database where datname = current_database())
     union select rolname, true from pg_roles where oid = 10`,
  );
  const named = (owns: string): string[] =>
    rows.flatMap(([role, owner]) => (role !== undefined && owner === owns ? [role] : [])).toSorted();
  return { owners: named('t'), grantees: named('f') };
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** So that the renames outlast a crash of the machine. Not every system can do it with a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
