import type { ProgramRequest } from '../../process/index.ts';
import type { Database } from './database-server.ts';
import { expectSuccess, runInContainer, type Reach } from './run-in-container.ts';

/** Separates columns and rows in what psql prints: characters that no name holds. */
const columnEnd = '\u001f';
const rowEnd = '\u001e';

/** What a statement is run with. */
export interface SqlOptions {
  /** The database to connect to; the one at hand by default. */
  readonly database?: string;
  /** For `:'name'` (a literal) and `:"name"` (an identifier) in the text. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** What messages call it. */
  readonly doing?: string;
}

/**
 * Runs SQL with psql and returns the rows of the one query in it, or none. NULL is an empty text. Throws a DatabaseFailure
 * where psql fails.
 */
export async function runSql(
  database: Reach & Pick<Database, 'name' | 'user'>,
  sql: string,
  { database: other, variables = {}, signal, doing = 'reading the database' }: SqlOptions = {},
): Promise<readonly (readonly string[])[]> {
  const given = Object.entries(variables).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const streams: Pick<ProgramRequest, 'input' | 'signal'> = {
    input: sql,
    ...(signal === undefined ? {} : { signal }),
  };
  const format = [
    '--tuples-only',
    '--no-align',
    `--field-separator=${columnEnd}`,
    `--record-separator=${rowEnd}`,
  ];
  const outcome = await runInContainer(
    database,
    [
      ...(['psql', '--no-psqlrc', '--no-password', '--quiet', '--set', 'ON_ERROR_STOP=1'] as const),
      ...format,
      ...given,
      ...['--username', database.user, '--dbname', connection(other ?? database.name)],
    ],
    streams,
  );
  const printed = expectSuccess(doing, 'psql', outcome);
  if (printed === '') return [];
  return printed
    .replace(/\n$/, '')
    .split(rowEnd)
    .map((row) => row.split(columnEnd));
}

/** A name with `=` or `://` in it would be read as connection parameters. */
export function connection(database: string): string {
  return `dbname='${database.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
