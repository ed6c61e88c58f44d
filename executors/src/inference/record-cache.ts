import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ProjectRecord } from './project-record.ts';
import type { Fingerprints, SourceFingerprint } from './source-fingerprint.ts';

/** The cache file. Records share their sources: each is an index into one list. */
interface Stored {
  readonly sources: readonly SourceFingerprint[];
  readonly records: readonly StoredRecord[];
}
type StoredRecord = Omit<ProjectRecord, 'sources'> & { readonly sources: readonly number[] };

/** Project records of earlier runs, in Nx's own data folder; one file for each version of the plugin and its options. */
export class RecordCache {
  readonly #file: string;
  readonly #stored: Stored;
  readonly #byFolder: ReadonlyMap<string, StoredRecord>;
  readonly #kept = new Map<string, ProjectRecord>();
  #changed = false;

  private constructor(file: string, stored: Stored) {
    this.#file = file;
    this.#stored = stored;
    this.#byFolder = new Map(stored.records.map((record) => [record.folder, record]));
  }

  /** Opens the cache; `key` is all that a record depends on besides its sources. A broken file counts as empty. */
  static open(workspaceRoot: string, key: string): RecordCache {
    const folder =
      process.env['NX_WORKSPACE_DATA_DIRECTORY'] ?? path.join(workspaceRoot, '.nx', 'workspace-data');
    const name = createHash('sha1').update(key).digest('hex').slice(0, 12);
    const file = path.join(path.resolve(workspaceRoot, folder), `switchyard-${name}.json`);
    const empty = { sources: [], records: [] };
    if (process.env['NX_CACHE_PROJECT_GRAPH'] === 'false') return new RecordCache(file, empty);
    try {
      const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (isStored(found)) return new RecordCache(file, found);
    } catch {
      // Missing or broken: what it held is read again.
    }
    return new RecordCache(file, empty);
  }

  /** The record of a folder if all that it depends on is as it was. */
  find(
    { folder, makefile, composeFiles }: Pick<ProjectRecord, 'folder' | 'makefile' | 'composeFiles'>,
    environment: Readonly<Record<string, string | undefined>>,
    fingerprints: Fingerprints,
  ): ProjectRecord | undefined {
    const stored = this.#byFolder.get(folder);
    if (stored === undefined || stored.makefile !== makefile) return undefined;
    if (stored.composeFiles.join('\0') !== composeFiles.join('\0')) return undefined;
    for (const name in stored.environment) {
      if (digestOf(environment, name) !== stored.environment[name]) return undefined;
    }
    const sources: SourceFingerprint[] = [];
    for (const index of stored.sources) {
      const source = this.#stored.sources[index];
      if (source === undefined || !fingerprints.isUnchanged(source)) return undefined;
      sources.push(source);
    }
    const record = { ...stored, sources };
    this.#kept.set(folder, record);
    return record;
  }

  /** Keeps a record that was read anew. */
  add(record: ProjectRecord): void {
    this.#kept.set(record.folder, record);
    this.#changed = true;
  }

  /** Writes what is still in use, by a rename, so that a reader never sees half a file. A full disk only costs time. */
  save(): void {
    if (!this.#changed && this.#kept.size === this.#stored.records.length) return;
    const indexes = new Map<SourceFingerprint, number>();
    const records = [...this.#kept.values()].map((record): StoredRecord => {
      const sources = record.sources.map((source) => {
        const index = indexes.get(source) ?? indexes.size;
        indexes.set(source, index);
        return index;
      });
      return { ...record, sources };
    });
    const stored: Stored = { sources: [...indexes.keys()], records };
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      const temporary = `${this.#file}.${process.pid}`;
      writeFileSync(temporary, JSON.stringify(stored));
      renameSync(temporary, this.#file);
    } catch {
      return;
    }
  }
}

/** What the cache holds of a variable's value: enough to see a change, and not the value, which may be a secret. */
export function digestOf(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): string | null {
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  return value === undefined ? null : createHash('sha256').update(`${name}=${value}`).digest('base64');
}

/** Whether this is what an earlier run wrote: the file's name has the version, so its inside is not looked at in detail. */
function isStored(found: unknown): found is Stored {
  return (
    typeof found === 'object' &&
    found !== null &&
    'sources' in found &&
    Array.isArray(found.sources) &&
    'records' in found &&
    Array.isArray(found.records)
  );
}
