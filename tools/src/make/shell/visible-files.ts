import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import type { Stats } from 'node:fs';
import type { Evidence } from './evidence.ts';

/** Whether `path` is `folder` or stands below it. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

const LARGEST_FILE = 64 * 1024 * 1024;

/** The real files that our own commands may read: plain files below the folders given, links followed only where they stay below. */
export class VisibleFiles {
  readonly #tops: readonly string[];
  readonly evidence: Evidence;

  constructor(tops: readonly string[], evidence: Evidence) {
    this.#tops = tops.flatMap((top) => [top, realPath(top) ?? top]);
    this.evidence = evidence;
  }

  /** The same evidence with more folders to see, such as the git folder that a work tree points to. */
  alsoBelow(...tops: readonly string[]): VisibleFiles {
    return new VisibleFiles([...this.#tops, ...tops], this.evidence);
  }

  /** Content of a plain file, or undefined where there is none to see. */
  read(path: string): Buffer | undefined {
    this.evidence.file(path);
    const stats = this.#seen(path);
    if (!stats?.isFile() || stats.size > LARGEST_FILE) return undefined;
    return attempt(() => readFileSync(path));
  }

  /** Part of a plain file, for those too large to read whole; shorter at the file's end. */
  slice(path: string, offset: number, length: number): Buffer | undefined {
    this.evidence.file(path);
    if (!this.#seen(path)?.isFile() || length > LARGEST_FILE) return undefined;
    return attempt(() => {
      const handle = openSync(path, 'r');
      try {
        const buffer = Buffer.alloc(length);
        return buffer.subarray(0, readSync(handle, buffer, 0, length, offset));
      } finally {
        closeSync(handle);
      }
    });
  }

  /** Where a link at the path leads, as written. */
  link(path: string): string | undefined {
    return this.look(path)?.isSymbolicLink() === true ? attempt(() => readlinkSync(path)) : undefined;
  }

  text(path: string): string | undefined {
    return this.read(path)?.toString('utf8');
  }

  /** Names in a folder, or undefined where there is none to see. */
  list(path: string): string[] | undefined {
    this.evidence.folder(path);
    if (!this.#seen(path)?.isDirectory()) return undefined;
    return attempt(() => readdirSync(path).sort());
  }

  kind(path: string): 'file' | 'folder' | undefined {
    this.evidence.file(path);
    const stats = this.#seen(path);
    if (stats?.isDirectory()) return 'folder';
    return stats?.isFile() ? 'file' : undefined;
  }

  /** What stands at the path itself, a link not followed; nothing is noted (for looks at very many files). */
  look(path: string): Stats | undefined {
    return this.#tops.some((top) => isWithin(top, path)) ? attempt(() => lstatSync(path)) : undefined;
  }

  #seen(path: string): Stats | undefined {
    const real = realPath(path);
    if (real === undefined || !this.#tops.some((top) => isWithin(top, real))) return undefined;
    return attempt(() => statSync(real));
  }
}

function realPath(path: string): string | undefined {
  return attempt(() => realpathSync(path));
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
