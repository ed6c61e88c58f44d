import type { Pool } from 'pg';
import type { Run } from './run.ts';

/** Adds runs to the database and leaves those that it has as they are; tells how many were added. */
export const insertRuns = async (pool: Pool, runs: readonly Run[]): Promise<number> => {
  const { rowCount } = await pool.query(
    `insert into runs (id, record) select record ->> 'id', record from jsonb_array_elements($1::jsonb) as record
     on conflict (id) do nothing`,
    [JSON.stringify(runs)],
  );
  return rowCount ?? 0;
};
