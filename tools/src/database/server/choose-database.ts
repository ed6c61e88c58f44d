import {
  bringUp,
  findEngine,
  type ComposeInvocation,
  type Engine,
  type NamedEnvironment,
} from '../../compose/index.ts';
import { DatabaseFailure } from './database-failure.ts';
import type { Database } from './database-server.ts';
import { databaseNames, findDatabases, type DatabaseChoice, type FoundServer } from './find-databases.ts';
import { postgresServices } from './postgres-services.ts';
import { Stopped } from './run-in-container.ts';

/** Which database of the platform is meant; what is left out has to be clear by itself. */
export interface PlatformChoice extends DatabaseChoice {
  readonly project?: string | undefined;
  readonly environment?: string | undefined;
  /** Bring its environment up when it is down. */
  readonly up?: boolean | undefined;
}

/** The engine. Throws a DatabaseFailure when there is none. */
export async function needEngine(task: string): Promise<Engine> {
  const found = await findEngine();
  if (found.kind === 'found') return found.engine;
  throw new DatabaseFailure(`${task}: ${found.message}`);
}

/**
 * The one environment that is meant: of the projects that have a PostgreSQL service the only one or the one named, and
 * of its environments the one named, else `dev`, else the first. Throws a DatabaseFailure that names what there is.
 */
export function chooseEnvironment(
  task: string,
  environments: readonly NamedEnvironment[],
  { project, environment }: PlatformChoice,
): NamedEnvironment {
  const suited = environments.filter((one) => postgresServices(one).length > 0);
  const projects = [...new Set(suited.map((one) => one.project))];
  const own = project ?? (projects.length === 1 ? projects[0] : undefined);
  if (projects.length === 0)
    throw new DatabaseFailure(
      `${task}: no PostgreSQL service was found in the compose files of ${project ?? 'this workspace'}.\nA service counts by its image (postgres, postgis, timescaledb, pgvector), or when it is built and has POSTGRES_USER or POSTGRES_DB.`,
    );
  if (own === undefined)
    throw new DatabaseFailure(
      `${task}: several projects have a PostgreSQL service: ${projects.join(', ')}.\nSay which one: \`--projects=${projects[0] ?? ''}\`.`,
    );
  const candidates = suited.filter((one) => one.project === own);
  if (candidates.length === 0)
    throw new DatabaseFailure(
      `${task}: ${own} has no PostgreSQL service. Projects that have one: ${projects.join(', ')}.`,
    );
  const chosen =
    environment === undefined
      ? (candidates.find(({ name }) => name === 'dev') ?? candidates[0])
      : candidates.find(({ name }) => name === environment);
  if (chosen !== undefined) return chosen;
  const names = candidates.map(({ name }) => name).join(', ');
  throw new DatabaseFailure(
    `${task}: ${own} has no environment ${environment ?? ''} with a PostgreSQL service. There is: ${names}.`,
  );
}

/** The one database that is meant, on a server that runs. Throws a DatabaseFailure that says what is missing. */
export async function chooseDatabase(
  environment: NamedEnvironment,
  choice: PlatformChoice,
  invocation: ComposeInvocation,
): Promise<Database> {
  const task = invocation.name;
  const engine = await needEngine(task);
  const look = async (): Promise<FoundServer> =>
    onlyServer(task, environment, choice, await findDatabases(engine, environment, choice));
  let found = await look();
  if (found.kind === 'down') {
    if (choice.up !== true)
      throw new DatabaseFailure(
        `${task}: ${found.service} of ${environment.project} ${environment.name} is down.\nBring it up with \`nx compose:up ${environment.project} -c ${environment.name} --detach\`, or add --up.`,
      );
    await bringUpServer(environment, found.service, invocation);
    found = await look();
    if (found.kind === 'down')
      throw new DatabaseFailure(`${task}: ${found.service} came up and went down again.`);
  }
  const { database } = found;
  const names = await databaseNames(database);
  if (choice.database !== undefined && !names.includes(choice.database))
    throw new DatabaseFailure(
      `${task}: ${database.service} has no database ${choice.database}. There is: ${names.join(', ')}.`,
    );
  return database;
}

function onlyServer(
  task: string,
  { project, name }: NamedEnvironment,
  { service }: DatabaseChoice,
  found: readonly FoundServer[],
): FoundServer {
  const [first, ...others] = found;
  if (first === undefined)
    throw new DatabaseFailure(
      `${task}: ${project} ${name} has no PostgreSQL service${service === undefined ? '' : ` ${service}`}.`,
    );
  if (others.length === 0) return first;
  const names = found.map((one) => (one.kind === 'down' ? one.service : one.database.service));
  throw new DatabaseFailure(
    `${task}: ${project} ${name} has several PostgreSQL services: ${names.join(', ')}.\nSay which one: \`--service=${names[0] ?? ''}\`.`,
  );
}

/** Brings a server up, under the lock of its environment, and waits until it is ready. Throws a DatabaseFailure, or Stopped. */
export async function bringUpServer(
  environment: NamedEnvironment,
  service: string,
  invocation: ComposeInvocation,
): Promise<void> {
  // It takes the lock of the environment itself, and waits for whoever has it.
  const outcome = await bringUp(environment, { services: [service], preparation: true }, invocation);
  if (outcome.kind === 'failed') throw new DatabaseFailure(outcome.message);
  if (outcome.kind === 'stopped') throw new Stopped(outcome.message);
}
