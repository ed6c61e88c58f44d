import type { NamedEnvironment } from '../../compose/index.ts';
import { formatBytes } from '../../table/index.ts';
import {
  chooseDatabase,
  chooseEnvironment,
  DatabaseFailure,
  type Database,
  type PlatformChoice,
} from '../server/index.ts';
import { createSnapshot } from './create-snapshot.ts';
import { deleteSnapshot } from './delete-snapshot.ts';
import { findSnapshot, findSnapshots, type PlacedSnapshot } from './find-snapshots.ts';
import { planRestore } from './restore-plan.ts';
import { restoreSnapshot } from './restore-snapshot.ts';
import { checkSnapshotName, nameByTime } from './snapshot-name.ts';
import type { SnapshotInvocation } from './snapshot-request.ts';
import type { SnapshotRecord } from './snapshot.ts';

/** What is wanted of the snapshots of a platform. */
export interface SnapshotRequest extends PlatformChoice {
  readonly action: 'create' | 'restore' | 'list' | 'delete';
  readonly name?: string | undefined;
  /** Restore a snapshot of this environment of the project into the one that is chosen. */
  readonly from?: string | undefined;
  readonly replace: boolean;
  readonly dryRun: boolean;
  readonly environments: readonly NamedEnvironment[];
  /** Asked before data are replaced. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** What was done; `lines` are for people. */
export type SnapshotResult =
  | { readonly kind: 'list'; readonly snapshots: readonly PlacedSnapshot[] }
  | { readonly kind: 'created'; readonly record: SnapshotRecord; readonly lines: readonly string[] }
  | { readonly kind: 'planned' | 'restored' | 'deleted' | 'declined'; readonly lines: readonly string[] };

/** Creates, restores, lists or deletes. Throws a DatabaseFailure for what cannot be done, or Stopped. */
export async function actOnSnapshots(
  request: SnapshotRequest,
  invocation: SnapshotInvocation,
): Promise<SnapshotResult> {
  switch (request.action) {
    case 'list':
      return { kind: 'list', snapshots: findSnapshots(invocation.workspaceRoot, request) };
    case 'create':
      return create(request, invocation);
    case 'restore':
      return restore(request, invocation);
    case 'delete':
      return remove(request, invocation);
  }
}

async function create(request: SnapshotRequest, invocation: SnapshotInvocation): Promise<SnapshotResult> {
  const { task } = invocation;
  const name = request.name ?? nameByTime(new Date());
  // Before anything is started for it.
  checkSnapshotName(task, name);
  const database = await reach(request, invocation);
  const where = placeOf(database);
  if (request.dryRun)
    return {
      kind: 'planned',
      lines: [`Dump database ${database.name} of ${where} into a snapshot ${name}.`],
    };
  const record = await createSnapshot(database, { name, replace: request.replace }, invocation);
  return {
    kind: 'created',
    record,
    lines: [
      `Snapshot ${name} of ${where}: database ${record.database}, ${formatBytes(record.dumpSize)}, ${formatBytes(record.size)} on the disk.`,
    ],
  };
}

async function restore(request: SnapshotRequest, invocation: SnapshotInvocation): Promise<SnapshotResult> {
  const { task, workspaceRoot } = invocation;
  const name = needName(task, request);
  const environment = chooseEnvironment(task, request.environments, request);
  const source = request.from ?? environment.name;
  const stored = findSnapshot(task, workspaceRoot, {
    name,
    project: environment.project,
    environment: source,
    ...(request.service === undefined ? {} : { service: request.service }),
  });
  if (stored.kind === 'broken')
    throw new DatabaseFailure(
      `${task}: snapshot ${name} of ${environment.project} ${source} is damaged: ${stored.problem}. Nothing was restored.\nTake another one: \`nx db:snapshot ${environment.project} -c ${source} --action=list\`.`,
    );
  const { record, folder } = stored;
  // In another environment the database may well have another name.
  const own = source === environment.name ? record.database : undefined;
  const chosen = request.database ?? own;
  const database = await reach({ service: record.service, ...request }, invocation);
  const target = chosen === undefined ? database : { ...database, name: chosen };
  const { dryRun } = request;
  const confirm = async (plan: Awaited<ReturnType<typeof planRestore>>): Promise<boolean> =>
    request.confirm([...plan.steps, 'Do it?'].join('\n'));
  const outcome = await restoreSnapshot(
    { database: target, folder, record },
    { dryRun, confirm },
    invocation,
  );
  if (outcome.kind === 'declined') return { kind: 'declined', lines: ['Nothing was changed.'] };
  if (outcome.kind === 'planned') return { kind: 'planned', lines: outcome.plan.steps };
  return {
    kind: 'restored',
    lines: [
      `Restored database ${target.name} of ${placeOf(target)} from snapshot ${name} of ${record.createdAt}.`,
    ],
  };
}

async function remove(request: SnapshotRequest, invocation: SnapshotInvocation): Promise<SnapshotResult> {
  const name = needName(invocation.task, request);
  const stored = findSnapshot(invocation.task, invocation.workspaceRoot, { ...request, name });
  const what = `snapshot ${name} of ${stored.project} ${stored.environment} (${stored.service})`;
  if (request.dryRun) return { kind: 'planned', lines: [`Delete ${what}.`] };
  const bytes = await deleteSnapshot(stored, invocation);
  return { kind: 'deleted', lines: [`Deleted ${what}, ${formatBytes(bytes)}.`] };
}

function reach(request: SnapshotRequest, { task, signal, report }: SnapshotInvocation): Promise<Database> {
  const environment = chooseEnvironment(task, request.environments, request);
  const { action, database, ...choice } = request;
  return chooseDatabase(
    environment,
    // A database that is restored need not be there.
    action === 'restore' || database === undefined ? choice : { ...choice, database },
    { name: task, report, ...(signal === undefined ? {} : { signal }) },
  );
}

function needName(task: string, { name, action }: SnapshotRequest): string {
  if (name === undefined)
    throw new DatabaseFailure(
      `${task}: ${action} needs the name of a snapshot: \`--name=before-migration\`.\nSee which there are with \`--action=list\`.`,
    );
  checkSnapshotName(task, name);
  return name;
}

function placeOf({ environment, service }: Database): string {
  return `${environment.project} ${environment.name} (${service})`;
}
