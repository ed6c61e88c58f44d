import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { Client, escapeIdentifier } from 'pg';
import type { Pool } from 'pg';
import { connectDatabase } from './database.ts';

const execute = promisify(execFile);

/** For specs: an empty database of its own, dropped after use. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly pool: Pool;
  /** Ends every connection to it, as a server that restarts does. */
  breakConnections(): Promise<void>;
}

/** For specs: a PostgreSQL server, stopped after use. */
export interface PostgresServer extends AsyncDisposable {
  readonly url: string;
  createDatabase(): Promise<TestDatabase>;
}

/** For specs: the server of TEST_DATABASE_URL, else one in a container of its own. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') {
    return {
      url: given,
      createDatabase: () => createDatabase(given),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const password = randomBytes(12).toString('hex');
  const options = ['--tmpfs=/var/lib/postgresql/data', `--env=POSTGRES_PASSWORD=${password}`];
  const id = await docker('run', '--detach', ...options, '--publish=127.0.0.1::5432', 'postgres:15-alpine');
  try {
    await waitForServer(id);
    const port = (await docker('port', id, '5432/tcp')).replace(/^.*:/s, '');
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    return {
      url,
      createDatabase: () => createDatabase(url),
      [Symbol.asyncDispose]: () => remove(id),
    };
  } catch (error) {
    await remove(id);
    throw error;
  }
};

async function createDatabase(server: string): Promise<TestDatabase> {
  const name = `spec_${randomBytes(6).toString('hex')}`;
  await administer(server, `create database ${escapeIdentifier(name)}`);
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const pool = connectDatabase(url);
  return {
    url,
    pool,
    breakConnections: () =>
      administer(server, `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, name),
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await administer(server, `drop database ${escapeIdentifier(name)} with (force)`);
    },
  };
}

async function administer(server: string, sql: string, ...values: string[]): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(sql, values).finally(() => client.end());
}

/** The image starts a first server to set itself up, which listens on no address. */
async function waitForServer(id: string): Promise<void> {
  const logs = spawn('docker', ['logs', '--follow', id], { stdio: ['ignore', 'ignore', 'pipe'] });
  let listening = false;
  const seen: string[] = [];
  for await (const line of createInterface({ input: logs.stderr })) {
    seen.push(line);
    listening ||= line.includes('listening on IPv4 address');
    if (listening && line.includes('ready to accept connections')) {
      logs.kill();
      return;
    }
  }
  throw new Error(`postgres:15-alpine ended before it was ready:\n${seen.join('\n')}`);
}

async function remove(id: string): Promise<void> {
  await docker('rm', '--force', '--volumes', id);
}

async function docker(...args: string[]): Promise<string> {
  return (await execute('docker', args)).stdout.trim();
}
