import type { Run } from './run.ts';

/** Which part of the history is asked for. */
export interface RunQuery {
  /** How many records to look at; at least 1. */
  readonly limit: number;
  /** Only runs older than the run with this id, which itself need not exist. */
  readonly before?: string;
}

/** A part of the history, newest first. It may hold fewer runs than `limit` although older ones follow: records that cannot be read are skipped. */
export interface RunPage {
  readonly runs: readonly Run[];
  /** Pass it as `before` for the next part; null after the oldest run. */
  readonly next: string | null;
}

/** What looking for one run came to. */
export type FoundRun =
  | { readonly kind: 'found'; readonly run: Run }
  | { readonly kind: 'absent' }
  | { readonly kind: 'broken'; readonly problem: string };

/** A record that is there and cannot be shown. */
export interface SkippedRecord {
  readonly record: string;
  readonly problem: string;
}

/** How well the store is. */
export interface StoreHealth {
  readonly records: number;
  /** The id of the newest record, or null when there is none. */
  readonly newest: string | null;
  /** Broken records among the newest ones and among those met since the start; at most 100. */
  readonly skipped: readonly SkippedRecord[];
  /** Why nothing can be shown, and what to do; null when all is well. */
  readonly notice: string | null;
}

/** Where runs are kept. Every implementation passes `describeRunStore`; each method throws `RunStoreError` when the place cannot be read at all. */
export interface RunStore {
  /** What keeps the runs: files in a folder, or tables of a database. */
  readonly kind: 'folder' | 'postgresql';
  list(query: RunQuery): Promise<RunPage>;
  find(id: string): Promise<FoundRun>;
  health(): Promise<StoreHealth>;
}

/** The store as a whole cannot be read (a folder without permission, a database that is down). */
export class RunStoreError extends Error {
  override readonly name = 'RunStoreError';
}
