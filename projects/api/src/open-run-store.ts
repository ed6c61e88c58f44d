import { resolve } from 'node:path';
import type { Configuration } from './configuration.ts';
import { connectDatabase } from './database.ts';
import { FolderRunStore } from './folder-run-store.ts';
import { PostgresRunStore } from './postgres-run-store.ts';
import type { RunStore } from './run-store.ts';

/** A store in use, and how to be done with it. */
export interface OpenRunStore {
  readonly store: RunStore;
  /** What the log may say about where the runs are. */
  readonly place: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The store that the configuration asks for: the database of DATABASE_URL, else the files in RUNS_DIR. */
export const openRunStore = ({ DATABASE_URL, RUNS_DIR }: Configuration): OpenRunStore => {
  if (DATABASE_URL === undefined) {
    const runsDir = resolve(RUNS_DIR);
    const store = new FolderRunStore(runsDir);
    return { store, place: { store: store.kind, runsDir }, close: () => Promise.resolve() };
  }
  const pool = connectDatabase(DATABASE_URL);
  const store = new PostgresRunStore(pool);
  return { store, place: { store: store.kind }, close: () => pool.end() };
};
