import type { ComposeInvocation, Engine, NamedEnvironment } from '../../compose/index.ts';
import {
  bringUpServer,
  DatabaseFailure,
  findDatabases,
  needEngine,
  type Database,
  type DatabaseChoice,
} from '../server/index.ts';
import type { AppliedMigration, MigrationSet } from './migration.ts';
import { readApplied, type AppliedState } from './read-applied.ts';

/** How the migrations of one environment are. */
export type EnvironmentStatus =
  | { readonly kind: 'down'; readonly environment: string; readonly service: string }
  | { readonly kind: 'unreadable'; readonly environment: string; readonly message: string }
  | {
      readonly kind: 'read';
      readonly environment: string;
      readonly service: string;
      readonly database: string;
      readonly table: string | undefined;
      /** The last ones that are applied: several where the history branches. */
      readonly current: readonly string[];
      readonly applied: readonly AppliedMigration[];
      readonly pending: readonly string[];
      /** Applied, and no file has them. */
      readonly unknown: readonly string[];
      readonly problems: readonly string[];
      /** What could not be known. */
      readonly notes: readonly string[];
    };

/** A migration that some of the environments have, and others not. */
export interface Drift {
  readonly id: string;
  readonly appliedIn: readonly string[];
  readonly missingIn: readonly string[];
}

/** The migrations of a project and of the databases it has. */
export interface ProjectMigrations {
  readonly project: string;
  readonly set: MigrationSet;
  readonly environments: readonly EnvironmentStatus[];
  readonly drift: readonly Drift[];
}

/** Reads what the databases of a project's environments have of its migrations. */
export async function migrationStatus(
  project: string,
  set: MigrationSet,
  environments: readonly NamedEnvironment[],
  choice: DatabaseChoice & { readonly up?: boolean },
  invocation: ComposeInvocation,
): Promise<ProjectMigrations> {
  const engine = await needEngine(invocation.name);
  const statuses: EnvironmentStatus[] = [];
  for (const environment of environments)
    statuses.push(await environmentStatus(engine, environment, set, choice, invocation));
  return { project, set, environments: statuses, drift: findDrift(set, statuses) };
}

async function environmentStatus(
  engine: Engine,
  environment: NamedEnvironment,
  set: MigrationSet,
  choice: DatabaseChoice & { readonly up?: boolean },
  invocation: ComposeInvocation,
): Promise<EnvironmentStatus> {
  const { name } = environment;
  try {
    let servers = await findDatabases(engine, environment, choice);
    for (const server of servers)
      if (server.kind === 'down' && choice.up === true)
        await bringUpServer(environment, server.service, invocation);
    if (choice.up === true) servers = await findDatabases(engine, environment, choice);
    const running = servers.flatMap((server) => (server.kind === 'running' ? [server.database] : []));
    const states: { database: Database; state: AppliedState }[] = [];
    for (const database of running) states.push({ database, state: await readApplied(database, set) });
    // Of several servers, the one that has the table.
    const { database, state } = states.find((one) => one.state.table !== undefined) ?? states[0] ?? {};
    if (database === undefined || state === undefined)
      return {
        kind: 'down',
        environment: name,
        service: servers[0]?.kind === 'down' ? servers[0].service : '',
      };
    return compare(name, database, set, state);
  } catch (error) {
    if (error instanceof DatabaseFailure)
      return { kind: 'unreadable', environment: name, message: error.message };
    throw error;
  }
}

function compare(
  environment: string,
  { service, name }: Database,
  { tool, migrations }: MigrationSet,
  { table, applied, problems }: AppliedState,
): EnvironmentStatus {
  const known = new Set(migrations.map(({ id }) => id));
  const has = new Set(applied.map(({ id }) => id));
  const followed = new Set(migrations.filter(({ id }) => has.has(id)).flatMap(({ after }) => after));
  const unclear =
    table === undefined && tool === 'sql'
      ? ['No table of migrations was found, so nothing is known about what is applied.']
      : [];
  return {
    kind: 'read',
    environment,
    service,
    database: name,
    table,
    current:
      tool === 'alembic' ? [...has].filter((id) => !followed.has(id)) : applied.slice(-1).map(({ id }) => id),
    applied,
    pending: unclear.length > 0 ? [] : migrations.map(({ id }) => id).filter((id) => !has.has(id)),
    unknown: [...has].filter((id) => !known.has(id)),
    problems,
    notes: unclear,
  };
}

/** What differs between the environments that could be read, in the order of the files. */
export function findDrift(set: MigrationSet, statuses: readonly EnvironmentStatus[]): readonly Drift[] {
  const read = statuses.flatMap((status) => (status.kind === 'read' ? [status] : []));
  const clear = read.filter(({ table }) => table !== undefined || set.tool !== 'sql');
  const ids = new Set([
    ...set.migrations.map(({ id }) => id),
    ...clear.flatMap(({ applied }) => applied.map(({ id }) => id)),
  ]);
  return [...ids].flatMap((id) => {
    const [appliedIn, missingIn] = [true, false].map((wanted) =>
      clear
        .filter(({ applied }) => applied.some((one) => one.id === id) === wanted)
        .map((one) => one.environment),
    );
    if (appliedIn === undefined || missingIn === undefined) return [];
    return appliedIn.length > 0 && missingIn.length > 0 ? [{ id, appliedIn, missingIn }] : [];
  });
}

/** What has to be mended, one sentence each: with it the command fails. Pending migrations are none of it. */
export function migrationProblems({
  project,
  set,
  environments,
  drift,
}: ProjectMigrations): readonly string[] {
  const problems = set.problems.map((problem) => `${project}: ${problem}`);
  for (const status of environments) {
    const where = `${project} ${status.environment}`;
    if (status.kind === 'unreadable') problems.push(`${where}: ${status.message}`);
    if (status.kind !== 'read') continue;
    problems.push(...status.problems.map((problem) => `${where}: ${problem}`));
    if (status.unknown.length > 0)
      problems.push(
        `${where}: ${status.unknown.join(', ')} ${status.unknown.length === 1 ? 'is' : 'are'} applied, and no file in ${set.folder} has ${status.unknown.length === 1 ? 'it' : 'them'}. Check out the commit that has, or restore a snapshot from before.`,
      );
  }
  for (const { id, appliedIn, missingIn } of drift)
    problems.push(
      `${project}: ${id} is applied in ${appliedIn.join(', ')} and not in ${missingIn.join(', ')}. Run the migrations of ${missingIn.join(', ')}.`,
    );
  return problems;
}
