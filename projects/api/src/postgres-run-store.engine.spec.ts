import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from './create-server.ts';
import { connectDatabase } from './database.ts';
import { insertRuns } from './insert-runs.ts';
import { migrateUp } from './migrate-database.ts';
import { readMigrations } from './migration.ts';
import { startPostgres } from './postgres-rig.ts';
import type { PostgresServer } from './postgres-rig.ts';
import { PostgresRunStore } from './postgres-run-store.ts';
import type { Run } from './run.ts';
import { describeRunStore } from './run-store-contract.ts';
import type { RunStore } from './run-store.ts';
import { sampleRun } from './sample-runs.ts';

const folder = join(import.meta.dirname, '../db/migrations');
let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());

const createRig = async (runs: readonly Run[]) => {
  const database = await server.createDatabase();
  await migrateUp(database.pool, await readMigrations(folder));
  await insertRuns(database.pool, runs);
  return Object.assign(database, { store: new PostgresRunStore(database.pool) });
};

const serve = (store: RunStore) => {
  const log: string[] = [];
  const logger = { level: 'trace', stream: { write: (line: string) => void log.push(line) } };
  const options = { access: { kind: 'loopback' }, openapi: {}, requestSeconds: 10, logger } as const;
  const api = createServer({ store, ...options });
  const get = async (url: string) => {
    const answer = await api.inject({ url, headers: { host: 'localhost' } });
    return { status: answer.statusCode, body: answer.json<unknown>() };
  };
  return { get, log, [Symbol.asyncDispose]: () => api.close() };
};

describeRunStore('PostgresRunStore', createRig);

describe('PostgresRunStore', () => {
  it('takes a run only once', async () => {
    await using rig = await createRig([sampleRun(1)]);
    expect(await insertRuns(rig.pool, [sampleRun(1), sampleRun(2)])).toBe(1);
    expect((await rig.store.health()).records).toBe(2);
  });

  it('skips a broken record and says why, until it is mended', async () => {
    await using rig = await createRig([sampleRun(1), sampleRun(3)]);
    const { id } = sampleRun(2);
    await rig.pool.query('insert into runs (id, record) values ($1, $2)', [id, { id, command: 'x' }]);
    expect((await rig.store.list({ limit: 10 })).runs).toEqual([sampleRun(3), sampleRun(1)]);
    expect(await rig.store.find(id)).toMatchObject({ kind: 'broken' });
    const { skipped } = await rig.store.health();
    expect(skipped).toEqual([{ record: id, problem: expect.stringMatching(/^is not a run: /) as unknown }]);
    await rig.pool.query('update runs set record = $2 where id = $1', [id, sampleRun(2)]);
    expect((await rig.store.health()).skipped).toEqual([]);
  });

  it('forgets about a broken record that was removed', async () => {
    await using rig = await createRig([]);
    const { id } = sampleRun(1);
    await rig.pool.query('insert into runs (id, record) values ($1, $2)', [id, { id }]);
    expect((await rig.store.health()).skipped).toHaveLength(1);
    await rig.pool.query('delete from runs');
    expect((await rig.store.health()).skipped).toEqual([]);
  });

  it('refuses a record under another id', async () => {
    await using rig = await createRig([]);
    const { id } = sampleRun(1);
    await expect(
      rig.pool.query('insert into runs (id, record) values ($1, $2)', [id, sampleRun(2)]),
    ).rejects.toThrow('runs_record_has_id');
  });

  it('takes what looks like SQL for the text that it is', async () => {
    const run = { ...sampleRun(1), command: `'; drop table runs; --` };
    await using rig = await createRig([run]);
    expect((await rig.store.list({ limit: 5, before: `x' or '1'='1` })).runs).toEqual([run]);
  });

  it('reads from the index and sorts nothing', async () => {
    await using rig = await createRig([]);
    await rig.pool.query(`insert into runs select id, jsonb_build_object('id', id)
      from (select to_char(n, 'FM00000000') as id from generate_series(1, 20000) n) many`);
    await rig.pool.query('analyze runs');
    const { rows } = await rig.pool.query(`explain select id, record from runs
      where '00010000' is null or id < '00010000' order by id desc limit 21`);
    expect(JSON.stringify(rows)).toContain('Index Scan Backward using runs_pkey');
  });

  it('is read again after every connection broke', async () => {
    await using rig = await createRig([sampleRun(1)]);
    await rig.store.health();
    await rig.breakConnections();
    await expect.poll(() => rig.store.list({ limit: 1 })).toEqual({ runs: [sampleRun(1)], next: null });
  });
});

describe('the api over PostgreSQL', () => {
  it('tells which store it has', async () => {
    await using rig = await createRig([sampleRun(1)]);
    await using api = serve(rig.store);
    expect(await api.get('/health')).toMatchObject({
      status: 200,
      body: { status: 'ok', store: 'postgresql' },
    });
  });

  it('answers 503 before the migrations, and says what to do', async () => {
    await using database = await server.createDatabase();
    await using api = serve(new PostgresRunStore(database.pool));
    const detail =
      'The database of DATABASE_URL has no table of runs: apply the migrations with `make migrate`';
    for (const path of ['/health', '/runs', `/runs/${sampleRun(1).id}`]) {
      expect(await api.get(path)).toMatchObject({ status: 503, body: { detail } });
    }
  });

  it.each([
    [{ password: 'wrong-password' }, '28P01'],
    [{ port: '1' }, 'ECONNREFUSED'],
    [{ pathname: '/missing' }, '3D000'],
  ])('answers 503 with %j, and keeps the secret', async (change, code) => {
    await using pool = disposable(connectDatabase(Object.assign(new URL(server.url), change).href));
    await using api = serve(new PostgresRunStore(pool));
    const detail = `The database of DATABASE_URL cannot be read (${code}): it must be running and let the api in`;
    expect(await api.get('/runs')).toMatchObject({ status: 503, body: { detail } });
    expect(api.log.join('')).toContain('the store cannot be read');
    expect(api.log.join('')).not.toMatch(new RegExp(`wrong-password|${new URL(server.url).password}`));
  });
});

function disposable<T extends { end(): Promise<void> }>(pool: T): T & AsyncDisposable {
  return Object.assign(pool, { [Symbol.asyncDispose]: () => pool.end() });
}
