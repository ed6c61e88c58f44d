import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { readRegularFile } from '@switchyard/tools/file';

/** What a cached reading depends on: a file's content or a folder's listing, and how it looked on disk. */
export interface SourceFingerprint {
  readonly path: string;
  readonly folder: boolean;
  /** inode, size and times; null where there was nothing. */
  readonly stat: string | null;
  /** Digest of the content or of the sorted names; null where there was nothing. */
  readonly digest: string | null;
}

const largestElsewhere = 256 * 1024;

/** Fingerprints taken and compared during one inference: each file and folder is looked at once, however many share it. */
export class Fingerprints {
  readonly #workspaceRoot: string;
  readonly #texts = new Map<string, string | undefined>();
  readonly #taken = new Map<string, SourceFingerprint>();
  readonly #stats = new Map<string, string | null>();
  readonly #unchanged = new Map<SourceFingerprint, boolean>();

  constructor(workspaceRoot: string) {
    this.#workspaceRoot = workspaceRoot;
  }

  /** The text of a Makefile; its fingerprint is then that of this text. Undefined where there is no regular file. */
  text(source: string): string | undefined {
    if (!this.#texts.has(source)) {
      // Before it is read: a change in between then shows as one.
      this.#stats.set(source, statOf(source));
      this.#texts.set(source, readRegularFile(source));
    }
    return this.#texts.get(source);
  }

  /** The fingerprint of a file or folder as it is now. */
  take(source: string, folder: boolean): SourceFingerprint {
    const key = `${folder ? 'd' : 'f'}${source}`;
    let taken = this.#taken.get(key);
    if (taken === undefined) {
      taken = {
        path: source,
        folder,
        stat: this.#stats.get(source) ?? statOf(source),
        digest: this.#digestOf(source, folder),
      };
      this.#taken.set(key, taken);
    }
    return taken;
  }

  /**
   * Whether a source is as it was. Unchanged inode, size and times answer at once, as git's index does it; else the
   * content decides, so that a fresh clone finds its cache good.
   */
  isUnchanged(found: SourceFingerprint): boolean {
    let unchanged = this.#unchanged.get(found);
    if (unchanged === undefined) {
      unchanged =
        statOf(found.path) === found.stat || this.#digestOf(found.path, found.folder) === found.digest;
      this.#unchanged.set(found, unchanged);
    }
    return unchanged;
  }

  /** Of a large file elsewhere on the machine, such as a program, only its being there counts, and its size. */
  #digestOf(source: string, folder: boolean): string | null {
    if (folder) return digest(listing(source));
    if (source.startsWith(this.#workspaceRoot + path.sep)) {
      return digest(this.#texts.has(source) ? this.#texts.get(source) : readRegularFile(source));
    }
    const size = sizeOf(source);
    if (size === undefined) return null;
    return size <= largestElsewhere ? digest(readRegularFile(source)) : `size ${size}`;
  }
}

/** Nx writes its own state while it reads: `.nx` is nobody's source. */
export function isOwnState(source: string): boolean {
  return source.split(path.sep).includes('.nx');
}

function statOf(source: string): string | null {
  try {
    const stat = statSync(source, { throwIfNoEntry: false, bigint: true });
    return stat === undefined ? null : `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`;
  } catch {
    return null;
  }
}

/** Undefined for what is not there, and for what may not be looked at. */
function sizeOf(source: string): number | undefined {
  try {
    return statSync(source, { throwIfNoEntry: false })?.size;
  } catch {
    return undefined;
  }
}

function digest(content: string | undefined): string | null {
  return content === undefined ? null : createHash('sha1').update(content).digest('base64');
}

function listing(folder: string): string | undefined {
  try {
    return readdirSync(folder)
      .filter((name) => name !== '.nx')
      .toSorted()
      .join('\n');
  } catch {
    return undefined;
  }
}
