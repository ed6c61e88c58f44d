import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  connection,
  DatabaseFailure,
  describeDatabase,
  expectSuccess,
  runInContainer,
  runSql,
  Stopped,
  type Database,
} from '../server/index.ts';
import type { ArchiveHeader } from './archive-header.ts';
import { copySettings, createStatement, readProperties } from './database-properties.ts';
import { decompressor } from './compression.ts';
import { explainFileError } from './explain-file-error.ts';
import { quoteName, quoteText } from './quote.ts';
import { planRestore, type RestorePlan } from './restore-plan.ts';
import { workName, writeMarker } from './restore-marker.ts';
import type { SnapshotInvocation } from './snapshot-request.ts';
import type { SnapshotRecord } from './snapshot.ts';
import { dropDatabase, swapDatabase } from './swap-database.ts';
import { tidyRestores } from './tidy-restores.ts';
import { underLocks } from './under-locks.ts';
import { verifySnapshot } from './verify-snapshot.ts';

/** A snapshot and the database whose content it is to become. */
export interface RestoreRequest {
  readonly database: Database;
  readonly folder: string;
  readonly record: SnapshotRecord;
}

/** How a restore ended that did not fail. */
export type RestoreOutcome =
  { readonly kind: 'planned' | 'restored'; readonly plan: RestorePlan } | { readonly kind: 'declined' };

/**
 * Makes the content of a database that of a snapshot. It goes into a new database first, which takes the place of the old
 * one when all of it is there: a restore that fails or is killed leaves the old data. `confirm` is asked before anything
 * is changed. Throws a DatabaseFailure, or Stopped.
 */
export async function restoreSnapshot(
  request: RestoreRequest,
  { dryRun = false, confirm }: { dryRun?: boolean; confirm: (plan: RestorePlan) => Promise<boolean> },
  invocation: SnapshotInvocation,
): Promise<RestoreOutcome> {
  const { database, folder, record } = request;
  const { task } = invocation;
  try {
    const header = await verifySnapshot(task, folder, record);
    checkVersions(task, database, record, header);
    const plan = await planRestore(database, record);
    if (dryRun) return { kind: 'planned', plan };
    if (!(await confirm(plan))) return { kind: 'declined' };
    return await underLocks(
      invocation,
      [
        { name: `compose:${database.environment.composeProject}`, mode: 'exclusive' },
        { name: `snapshots:${folder}`, mode: 'shared' },
      ],
      async () => {
        await tidyRestores(database, invocation);
        await replaceContent(request, plan, invocation);
        return { kind: 'restored', plan };
      },
    );
  } catch (error) {
    throw explainFileError(task, `${record.name} was not restored`, error);
  }
}

/** The server reads archives of its own and of older versions only. */
function checkVersions(
  task: string,
  { version, major }: Database,
  record: SnapshotRecord,
  header: ArchiveHeader,
): void {
  const written = [record.serverVersion, record.dumpVersion, header.serverVersion, header.dumpVersion];
  const newest = written.toSorted((one, other) => Number.parseInt(other) - Number.parseInt(one))[0] ?? '';
  if (Number.parseInt(newest) <= major) return;
  throw new DatabaseFailure(
    `${task}: snapshot ${record.name} is from PostgreSQL ${newest.replace(/ .*/s, '')}, and the server of ${record.database} is PostgreSQL ${version}, which is older. Nothing was restored.\nRun the service with an image of PostgreSQL ${Number.parseInt(newest)} or newer.`,
  );
}

async function replaceContent(
  { database, folder, record }: RestoreRequest,
  plan: RestorePlan,
  { task, report, signal }: SnapshotInvocation,
): Promise<void> {
  const id = randomBytes(4).toString('hex');
  const restored = workName(database.name, 'new', id);
  const like = await readProperties(database);
  const marker = quoteText(writeMarker('new', database.name, record.name));
  const maintenance = {
    database: 'template1',
    doing: `${task}: making room for ${describeDatabase(database)}`,
  };
  let old: string | undefined;
  try {
    await runSql(
      database,
      `${createStatement(restored, like, database.user)}\ncomment on database ${quoteName(restored)} is ${marker};`,
      maintenance,
    );
    await fill(
      database,
      restored,
      join(folder, record.file),
      record,
      plan,
      `${task}: restoring ${record.name}`,
      signal,
    );
    // The planner knows nothing of restored tables; and whoever can read them all finds them whole.
    await runSql(database, 'analyze;', { database: restored, ...(signal === undefined ? {} : { signal }) });
    if (like !== undefined) await copySettings(database, like, restored);
    if (signal?.aborted === true) throw new Stopped(`${task}: stopped.`);
    old = await swapDatabase({
      database,
      restored,
      id,
      snapshot: record.name,
      comment: like?.comment,
    });
  } catch (error) {
    const intact = like === undefined ? '' : `\nThe data of ${database.name} are as they were.`;
    await dropDatabase(database, restored).catch((left: unknown) => {
      report(
        `Warning: ${task}: ${restored} could not be removed: ${left instanceof Error ? left.message : ''}`,
      );
    });
    if (error instanceof Stopped) throw new Stopped(`${error.message}${intact}`);
    if (error instanceof DatabaseFailure)
      throw new DatabaseFailure(`${error.message}${intact}`, { cause: error });
    throw error;
  }
  if (old === undefined) return;
  const replaced = old;
  await dropDatabase(database, replaced).catch((error: unknown) => {
    report(
      `Warning: ${task}: ${database.name} is restored, but the replaced data could not be removed (${replaced}): ${error instanceof Error ? error.message : ''}`,
    );
  });
}

async function fill(
  database: Database,
  restored: string,
  file: string,
  { compression }: SnapshotRecord,
  plan: RestorePlan,
  doing: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const decompress = decompressor(compression);
  if (decompress === undefined) throw new DatabaseFailure(`${doing}: this Node cannot read ${compression}.`);
  const outcome = await runInContainer(
    database,
    [
      ...(['pg_restore', '--no-password', '--exit-on-error'] as const),
      ...(plan.missingOwners.length > 0 ? ['--no-owner'] : []),
      ...(plan.missingGrantees.length > 0 ? ['--no-privileges'] : []),
      ...['--username', database.user, '--dbname', connection(restored)],
    ],
    {
      ...(signal === undefined ? {} : { signal }),
      inputFrom: (stdin) => pipeline(createReadStream(file), decompress, stdin),
    },
  );
  expectSuccess(doing, 'pg_restore', outcome);
}
