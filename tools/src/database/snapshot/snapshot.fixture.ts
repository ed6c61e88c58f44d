import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NamedEnvironment } from '../../compose/index.ts';
import { runProgram } from '../../process/index.ts';
import { chooseDatabase, runSql, type Database } from '../server/index.ts';
import type { SnapshotInvocation } from './snapshot-request.ts';

/** A PostgreSQL server in a container of its own and a workspace beside it; both are gone at the end. */
export interface DatabaseRig extends AsyncDisposable {
  readonly workspace: string;
  readonly environment: NamedEnvironment;
  readonly database: Database;
  readonly invocation: SnapshotInvocation;
  /** What was reported. */
  readonly lines: string[];
  /** The rows of a query, in the database or another one, as one text. */
  ask(sql: string, database?: string): Promise<string>;
}

/** The password of its server, for specs that look whether it is shown anywhere. */
export const rigPassword = 'pass word-1234567';

/** Starts a server; the containers and labels are those that compose makes. */
export async function createDatabaseRig(
  variables: Readonly<Record<string, string>> = { POSTGRES_USER: 'owner', POSTGRES_DB: 'app' },
): Promise<DatabaseRig> {
  const composeProject = `db-${randomBytes(4).toString('hex')}`;
  const workspace = mkdtempSync(join(tmpdir(), 'db-'));
  const environment: NamedEnvironment = {
    ...databaseEnvironment('dev', workspace),
    composeProject,
  };
  const container = `${composeProject}-postgres-1`;
  const labels = [`com.docker.compose.project=${composeProject}`, 'com.docker.compose.service=postgres'];
  const all = { POSTGRES_PASSWORD: rigPassword, ...variables };
  await docker([
    ...['run', '--detach', '--name', container, '--tmpfs', '/var/lib/postgresql/data'],
    ...labels.flatMap((label) => ['--label', label]),
    ...Object.entries(all).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    'postgres:15-alpine',
    ...['-c', 'fsync=off', '-c', 'listen_addresses=*'],
  ]);
  // The server that runs the initial scripts listens on no address.
  const ready = ['exec', container, 'sh', '-c', 'until pg_isready -q -h 127.0.0.1; do sleep 0.1; done'];
  await docker(ready);
  const lines: string[] = [];
  const report = (line: string): void => void lines.push(line);
  const database = await chooseDatabase(environment, {}, { name: 'api:db:snapshot', report });
  return {
    workspace,
    environment,
    database,
    lines,
    invocation: { task: 'api:db:snapshot', workspaceRoot: workspace, report },
    ask: async (sql, name) => {
      const rows = await runSql(database, sql, name === undefined ? {} : { database: name });
      return rows.map((row) => row.join('|')).join('\n');
    },
    async [Symbol.asyncDispose]() {
      await docker(['rm', '--force', '--volumes', container]);
      rmSync(workspace, { recursive: true, force: true });
    },
  };
}

/** An environment of a project `api` with a service `postgres`, as its files would give it. */
export function databaseEnvironment(name: string, folder: string, project = 'api'): NamedEnvironment {
  return {
    name,
    project,
    composeProject: `${project}-${name}`,
    folder,
    files: [join(folder, 'compose.yaml')],
    services: [
      {
        name: 'postgres',
        image: 'postgres:15-alpine',
        ports: [],
        dependsOn: [],
        oneShot: false,
        hasHealthcheck: false,
        envFiles: [],
        mounts: [],
        profiles: [],
        environment: {},
      },
    ],
    externalNetworks: [],
    volumes: [],
    variables: {},
    envFiles: [],
    problems: [],
  };
}

/** Runs docker and gives what it printed; fails the spec when docker fails. */
export async function docker(args: readonly string[]): Promise<string> {
  const outcome = await runProgram({ file: 'docker', args });
  if (outcome.kind === 'exited' && outcome.code === 0) return outcome.stdout.trim();
  throw new Error(`docker ${args.join(' ')}: ${JSON.stringify(outcome)}`);
}
