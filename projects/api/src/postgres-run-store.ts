import type { Pool, QueryResult } from 'pg';
import { BrokenRecords } from './broken-records.ts';
import { databaseErrorCode } from './database.ts';
import { parseRecord } from './parse-record.ts';
import { runIdSchema } from './run.ts';
import { RunStoreError } from './run-store.ts';
import type { FoundRun, RunPage, RunQuery, RunStore, StoreHealth } from './run-store.ts';

const CHECKED_BY_HEALTH = 20;
const UNDEFINED_TABLE = '42P01';

interface Row {
  readonly id: string;
  readonly record: unknown;
}

/** Runs as rows of the table `runs` in PostgreSQL; `db/migrations` makes the table. */
export class PostgresRunStore implements RunStore {
  readonly kind = 'postgresql';
  readonly #pool: Pool;
  readonly #broken = new BrokenRecords();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async list({ limit, before }: RunQuery): Promise<RunPage> {
    // One row more than is shown tells whether anything follows.
    const { rows } = await this.#query<Row>(
      'select id, record from runs where $1::text is null or id < $1 order by id desc limit $2',
      [before ?? null, limit + 1],
    );
    const shown = rows.slice(0, limit);
    return {
      runs: shown
        .map((row) => this.#read(row))
        .flatMap((found) => (found.kind === 'found' ? [found.run] : [])),
      next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    };
  }

  async find(id: string): Promise<FoundRun> {
    // PostgreSQL knows no text with a NUL in it: only what has the shape of an id is asked for.
    if (!runIdSchema.safeParse(id).success) return { kind: 'absent' };
    const { rows } = await this.#query<Row>('select id, record from runs where id = $1', [id]);
    const [row] = rows;
    if (row !== undefined) return this.#read(row);
    this.#broken.note(id, { kind: 'absent' });
    return { kind: 'absent' };
  }

  async health(): Promise<StoreHealth> {
    const { rows } = await this.#query<{ records: number; newest: string | null }>(
      'select count(*)::int as records, max(id) as newest from runs',
      [],
    );
    await this.list({ limit: CHECKED_BY_HEALTH });
    await Promise.all(this.#broken.ids.map((id) => this.find(id)));
    const { records, newest } = rows[0] ?? { records: 0, newest: null };
    return { records, newest, skipped: this.#broken.list((id) => id), notice: null };
  }

  #read({ id, record }: Row): FoundRun {
    const outcome = parseRecord(record, id);
    this.#broken.note(id, outcome);
    return outcome;
  }

  async #query<R extends object>(text: string, values: unknown[]): Promise<QueryResult<R>> {
    try {
      return await this.#pool.query<R>(text, values);
    } catch (error) {
      throw new RunStoreError(describeFailure(databaseErrorCode(error)), { cause: error });
    }
  }
}

/** Clients read this: it tells neither where the database is nor who asked it. */
function describeFailure(code: string): string {
  return code === UNDEFINED_TABLE
    ? 'The database of DATABASE_URL has no table of runs: apply the migrations with `make migrate`'
    : `The database of DATABASE_URL cannot be read (${code}): it must be running and let the api in`;
}
