import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { readRegularFile } from '@switchyard/tools/file';

/** What a cached reading depends on: a file's content or a folder's listing, and how it looked on disk. */
export interface SourceFingerprint {
  readonly path: string;
  readonly folder: boolean;
  /** inode, size and times; undefined where there was nothing. */
  readonly stat: string | null;
  /** Digest of the content or of the sorted names; null where there was nothing. */
  readonly digest: string | null;
}

/** The fingerprint of a file or folder as it is now. */
export function fingerprint(path: string, folder: boolean): SourceFingerprint {
  return { path, folder, stat: statOf(path), digest: digestOf(path, folder) };
}

/**
 * Whether a source is as it was. Unchanged inode, size and times answer at once, as git's index does it; else the
 * content decides, so that a fresh clone finds its cache good.
 */
export function isUnchanged(found: SourceFingerprint): boolean {
  return statOf(found.path) === found.stat || digestOf(found.path, found.folder) === found.digest;
}

function statOf(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? null : `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`;
}

function digestOf(path: string, folder: boolean): string | null {
  const content = folder ? listing(path) : readRegularFile(path);
  return content === undefined ? null : createHash('sha1').update(content).digest('base64');
}

function listing(folder: string): string | undefined {
  try {
    return readdirSync(folder).toSorted().join('\n');
  } catch {
    return undefined;
  }
}
