import { z } from 'zod';
import {
  environmentContainers,
  type Engine,
  type EngineContainer,
  type NamedEnvironment,
} from '../../compose/index.ts';
import { runProgram } from '../../process/index.ts';
import { DatabaseFailure } from './database-failure.ts';
import type { Database } from './database-server.ts';
import { isPostgresImage, postgresServices } from './postgres-services.ts';
import { expectSuccess, runInContainer } from './run-in-container.ts';
import { runSql } from './run-sql.ts';

/** Which of the databases of an environment are meant. */
export interface DatabaseChoice {
  readonly service?: string | undefined;
  /** The one that its container was told to make, by default. */
  readonly database?: string | undefined;
}

/** A server of an environment that is running, or is not. */
export type FoundServer =
  | { readonly kind: 'running'; readonly database: Database }
  | { readonly kind: 'down'; readonly service: string };

/** The PostgreSQL servers of an environment, in the order of its files, or the one that is chosen. */
export async function findDatabases(
  engine: Engine,
  environment: NamedEnvironment,
  { service, database }: DatabaseChoice = {},
): Promise<readonly FoundServer[]> {
  const { own } = await environmentContainers(engine, environment);
  const containers = own.filter(({ oneOff }) => !oneOff);
  const expected = postgresServices(environment).map(({ name }) => name);
  // An image of one's own that is built on that of PostgreSQL has its variable PGDATA.
  const known = new Map<string, Readonly<Record<string, string>>>();
  for (const container of containers) {
    const variables = await containerVariables(engine, container);
    if (isPostgresImage(container.image) || 'PGDATA' in variables || expected.includes(container.service))
      known.set(container.id, variables);
  }
  const found: FoundServer[] = [];
  const services = new Set([
    ...expected,
    ...containers.filter(({ id }) => known.has(id)).map((container) => container.service),
  ]);
  for (const name of services) {
    if (service !== undefined && service !== name) continue;
    const container = containers.find((one) => one.service === name && one.state === 'running');
    const variables = container === undefined ? undefined : known.get(container.id);
    if (container === undefined || variables === undefined) found.push({ kind: 'down', service: name });
    else
      found.push({
        kind: 'running',
        database: await reachDatabase(engine, environment, container, variables, database),
      });
  }
  return found;
}

/** The names of the databases of a server, without templates and what Switchyard works on. */
export async function databaseNames(database: Database): Promise<readonly string[]> {
  const rows = await runSql(
    database,
    `select datname from pg_database where datallowconn and not datistemplate
       and coalesce(shobj_description(oid, 'pg_database'), '') not like 'switchyard:%' order by 1`,
    { database: 'template1' },
  );
  return rows.flatMap(([name]) => (name === undefined ? [] : [name]));
}

async function reachDatabase(
  engine: Engine,
  environment: NamedEnvironment,
  container: EngineContainer,
  variables: Readonly<Record<string, string>>,
  chosen: string | undefined,
): Promise<Database> {
  const reach = { engine, container, password: '' };
  const value = async (...names: readonly string[]): Promise<string | undefined> => {
    for (const name of names) {
      if (variables[name] !== undefined && variables[name] !== '') return variables[name];
      const file = variables[`${name}_FILE`];
      if (file === undefined || file === '') continue;
      const doing = `${environment.project}: reading ${name}_FILE of ${container.service}`;
      // The entrypoint reads it with `$(< file)`, which drops newlines at its end.
      return expectSuccess(doing, 'cat', await runInContainer(reach, ['cat', file])).replace(/\n+$/, '');
    }
    return undefined;
  };
  const user = (await value('POSTGRES_USER', 'POSTGRESQL_USERNAME')) ?? 'postgres';
  const own = (await value('POSTGRES_DB', 'POSTGRESQL_DATABASE')) ?? user;
  const password = (await value('POSTGRES_PASSWORD', 'POSTGRESQL_PASSWORD')) ?? '';
  const name = chosen ?? own;
  const server = { ...reach, environment, service: container.service, user, password, name };
  const [row] = await runSql(
    server,
    `select current_setting('server_version'), current_setting('server_version_num')::int / 10000`,
    {
      database: 'template1',
      doing: `${environment.project}: asking ${container.service} of ${environment.composeProject}`,
    },
  );
  const [version = '', major = ''] = row ?? [];
  if (version === '')
    throw new DatabaseFailure(`${environment.project}: ${container.service} did not tell its version.`);
  return { ...server, version: version.replace(/ .*/s, ''), major: Number(major) };
}

const variableList = z.array(z.string()).nullable();

/** The variables that a container was made with. */
async function containerVariables(
  engine: Engine,
  { id, name }: EngineContainer,
): Promise<Readonly<Record<string, string>>> {
  const args = ['container', 'inspect', '--format', '{{json .Config.Env}}', id];
  const outcome = await runProgram({ file: engine.program, args });
  if (outcome.kind === 'exited' && outcome.code !== 0 && /no such/i.test(outcome.stderr)) return {};
  const printed = expectSuccess(`reading the variables of container ${name}`, engine.program, outcome);
  const variables: Record<string, string> = {};
  for (const entry of variableList.parse(JSON.parse(printed)) ?? []) {
    const [name = ''] = entry.split('=', 1);
    variables[name] = entry.slice(name.length + 1);
  }
  return variables;
}
