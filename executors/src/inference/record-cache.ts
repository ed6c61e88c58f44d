import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ProjectRecord } from './project-record.ts';
import { isUnchanged } from './source-fingerprint.ts';

/** Project records of earlier runs, in Nx's own data folder; one file for each version of the plugin and its options. */
export class RecordCache {
  readonly #file: string;
  readonly #records: Map<string, ProjectRecord>;
  readonly #kept = new Map<string, ProjectRecord>();
  #changed = false;

  private constructor(file: string, records: Map<string, ProjectRecord>) {
    this.#file = file;
    this.#records = records;
  }

  /** Opens the cache; `key` is all that a record depends on besides its sources. A broken file counts as empty. */
  static open(workspaceRoot: string, key: string): RecordCache {
    const folder =
      process.env['NX_WORKSPACE_DATA_DIRECTORY'] ?? path.join(workspaceRoot, '.nx', 'workspace-data');
    const digest = createHash('sha1').update(key).digest('hex').slice(0, 12);
    const file = path.join(path.resolve(workspaceRoot, folder), `switchyard-${digest}.json`);
    if (process.env['NX_CACHE_PROJECT_GRAPH'] === 'false') return new RecordCache(file, new Map());
    try {
      const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (areRecords(found)) return new RecordCache(file, new Map(Object.entries(found)));
    } catch {
      // Missing or broken: what it held is read again.
    }
    return new RecordCache(file, new Map());
  }

  /** The record of a Makefile if all that it depends on is as it was. */
  find(
    makefile: string,
    environment: Readonly<Record<string, string | undefined>>,
  ): ProjectRecord | undefined {
    const record = this.#records.get(makefile);
    if (record === undefined) return undefined;
    const sameEnvironment = Object.entries(record.environment).every(
      ([name, value]) => (environment[name] ?? null) === value,
    );
    if (!sameEnvironment || !record.sources.every(isUnchanged)) return undefined;
    this.#kept.set(makefile, record);
    return record;
  }

  add(record: ProjectRecord): void {
    this.#kept.set(record.makefile, record);
    this.#changed = true;
  }

  /** Writes what is still in use, by a rename, so that a reader never sees half a file. A full disk only costs time. */
  save(): void {
    if (!this.#changed && this.#kept.size === this.#records.size) return;
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      const temporary = `${this.#file}.${process.pid}`;
      writeFileSync(temporary, JSON.stringify(Object.fromEntries(this.#kept)));
      renameSync(temporary, this.#file);
    } catch {
      return;
    }
  }
}

/** Whether this is what an earlier run wrote: the file's name has the version, so its inside is not looked at in detail. */
function areRecords(found: unknown): found is Record<string, ProjectRecord> {
  return (
    typeof found === 'object' &&
    found !== null &&
    Object.values(found).every(
      (record: unknown) => typeof record === 'object' && record !== null && 'sources' in record,
    )
  );
}
