import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BrokenRecords } from './broken-records.ts';
import { errorCode, readRecord } from './read-record.ts';
import { runIdSchema } from './run.ts';
import { RunStoreError } from './run-store.ts';
import type { FoundRun, RunPage, RunQuery, RunStore, StoreHealth } from './run-store.ts';

const EXTENSION = '.json';
const CHECKED_BY_HEALTH = 20;

/** Runs as files `<run id>.json` in one folder. The names alone give the order, so a page opens only the files that it shows. */
export class FolderRunStore implements RunStore {
  readonly #folder: string;
  readonly #broken = new BrokenRecords();
  readonly kind = 'folder';

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list({ limit, before }: RunQuery): Promise<RunPage> {
    const ids = (await this.#ids()) ?? [];
    const older = before === undefined ? ids : ids.filter((id) => id < before);
    const wanted = older.slice(0, limit);
    const found = await Promise.all(wanted.map((id) => this.find(id)));
    return {
      runs: found.flatMap((outcome) => (outcome.kind === 'found' ? [outcome.run] : [])),
      next: older.length > wanted.length ? (wanted.at(-1) ?? null) : null,
    };
  }

  async find(id: string): Promise<FoundRun> {
    // The id becomes a path: nothing but the shape of an id may reach the disk.
    if (!runIdSchema.safeParse(id).success) return { kind: 'absent' };
    const outcome = await readRecord(join(this.#folder, id + EXTENSION), id);
    this.#broken.note(id, outcome);
    return outcome;
  }

  async health(): Promise<StoreHealth> {
    const ids = await this.#ids();
    if (ids === undefined) {
      const notice = 'RUNS_DIR does not exist: nothing was recorded yet, or it names another folder';
      return { records: 0, newest: null, skipped: [], notice };
    }
    const checked = new Set([...ids.slice(0, CHECKED_BY_HEALTH), ...this.#broken.ids]);
    await Promise.all([...checked].map((id) => this.find(id)));
    const skipped = this.#broken.list((id) => id + EXTENSION);
    return { records: ids.length, newest: ids[0] ?? null, skipped, notice: null };
  }

  /** Ids of all records, newest first; undefined where there is no folder. */
  async #ids(): Promise<string[] | undefined> {
    try {
      const names = await readdir(this.#folder);
      return names
        .filter((name) => name.endsWith(EXTENSION))
        .map((name) => name.slice(0, -EXTENSION.length))
        .filter((id) => runIdSchema.safeParse(id).success)
        .sort()
        .reverse();
    } catch (error) {
      const code = errorCode(error);
      if (code === 'ENOENT') return undefined;
      throw new RunStoreError(
        `RUNS_DIR cannot be listed (${code}): it must be a folder that the api may read`,
        {
          cause: error,
        },
      );
    }
  }
}
