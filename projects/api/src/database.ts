import { Pool } from 'pg';
import { errorCode } from './read-record.ts';

const CONNECT_MILLISECONDS = 3000;
const QUERY_MILLISECONDS = 10_000;

/** Connections to the PostgreSQL database at `url`, opened when they are first needed; `end()` closes them. */
export const connectDatabase = (url: string): Pool => {
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    query_timeout: QUERY_MILLISECONDS,
  });
  // An idle connection that the server ends would otherwise end the program; the next query opens another.
  pool.on('error', () => undefined);
  return pool;
};

/** What went wrong with a database, in a word: a code of PostgreSQL (`28P01`) or of the system (`ECONNREFUSED`), or `timeout`. */
export const databaseErrorCode = (error: unknown): string => {
  const code = errorCode(error);
  return code === 'unknown' && error instanceof Error && /time-?out/i.test(error.message) ? 'timeout' : code;
};
