import type { ServiceKind } from '../exec/index.ts';

/** A program that talks with a person, and what it has to know. */
export interface InteractiveClient {
  readonly command: readonly [string, ...string[]];
  /** What goes before a command that it is to run instead of talking: `-c`. */
  readonly once: readonly string[];
  /** Exits with anything but 126 and 127 where the program is there. */
  readonly probe: readonly [string, ...string[]];
  readonly variables: Readonly<Record<string, string>>;
}

/** How a container was configured. */
export interface ContainerSettings {
  readonly variables: Readonly<Record<string, string>>;
  /** Its first process and the arguments of that. */
  readonly command: readonly string[];
}

/** The programs to try in a container, best first: the client of a database or a cache, a shell for everything else. */
export function interactiveClients(kind: ServiceKind, settings: ContainerSettings): InteractiveClient[] {
  switch (kind) {
    case 'postgres':
      return postgres(settings);
    case 'mysql':
      return mysql(settings);
    case 'mongo':
      return mongo(settings);
    case 'redis':
      return redis(settings);
    case 'application':
    case 'infrastructure':
      return shells();
  }
}

/** The shells to try, where there is no better client. */
export function shells(): InteractiveClient[] {
  return (['bash', 'sh'] as const).map((shell) => ({
    command: [shell],
    once: ['-c'],
    probe: [shell, '-c', ':'],
    variables: {},
  }));
}

function postgres({ variables: own }: ContainerSettings): InteractiveClient[] {
  const user = first(own, 'POSTGRES_USER', 'POSTGRESQL_USERNAME') ?? 'postgres';
  const database = first(own, 'POSTGRES_DB', 'POSTGRESQL_DATABASE') ?? user;
  const variables = given('PGPASSWORD', first(own, 'POSTGRES_PASSWORD', 'POSTGRESQL_PASSWORD'));
  return [client(['psql', '-U', user, '-d', database], ['-c'], variables)];
}

function mysql({ variables: own }: ContainerSettings): InteractiveClient[] {
  const user = first(own, 'MYSQL_USER', 'MARIADB_USER') ?? 'root';
  const password =
    user === 'root'
      ? first(own, 'MYSQL_ROOT_PASSWORD', 'MARIADB_ROOT_PASSWORD')
      : first(own, 'MYSQL_PASSWORD', 'MARIADB_PASSWORD');
  const database = first(own, 'MYSQL_DATABASE', 'MARIADB_DATABASE');
  const rest = ['-u', user, ...(database === undefined ? [] : [database])];
  const variables = given('MYSQL_PWD', password);
  return [client(['mariadb', ...rest], ['-e'], variables), client(['mysql', ...rest], ['-e'], variables)];
}

/** Its client takes a password as an argument only, which others could read: it asks the person. */
function mongo({ variables: own }: ContainerSettings): InteractiveClient[] {
  const user = first(own, 'MONGO_INITDB_ROOT_USERNAME');
  const rest = user === undefined ? [] : ['--username', user, '--authenticationDatabase', 'admin'];
  return [client(['mongosh', ...rest], ['--eval']), client(['mongo', ...rest], ['--eval'])];
}

function redis({ variables: own, command }: ContainerSettings): InteractiveClient[] {
  const option = command.indexOf('--requirepass');
  const password =
    (option < 0 ? undefined : command[option + 1]) ?? first(own, 'REDIS_PASSWORD', 'VALKEY_PASSWORD');
  const variables = given('REDISCLI_AUTH', password);
  return (['redis-cli', 'valkey-cli', 'keydb-cli'] as const).map((program) =>
    client([program], [], variables),
  );
}

function client(
  command: InteractiveClient['command'],
  once: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): InteractiveClient {
  return { command, once, probe: [command[0], '--version'], variables };
}

function given(name: string, value: string | undefined): Readonly<Record<string, string>> {
  return value === undefined ? {} : { [name]: value };
}

function first(variables: Readonly<Record<string, string>>, ...names: string[]): string | undefined {
  return names.map((name) => variables[name]).find((value) => value !== undefined && value !== '');
}
