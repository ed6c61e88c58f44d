import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gitConfigValue } from './git-config.ts';
import type { GitFolder } from './git-folder.ts';

/** One file that git tracks, as the index says. */
export interface IndexEntry {
  readonly path: string;
  readonly object: string;
  readonly mode: number;
  readonly size: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** 0 outside of a merge. */
  readonly stage: number;
  /** Git does not look at the file itself (assume-unchanged, skip-worktree). */
  readonly unwatched: boolean;
  /** `git add -N`: not staged yet. */
  readonly intended: boolean;
}

/** The index of a work tree. */
export interface GitIndex {
  readonly entries: readonly IndexEntry[];
  /** Name of the tree that the whole index would make, where git has written it down. */
  readonly tree?: string;
}

/** A larger one takes too long to compare; only git itself could tell then. */
const mostEntries = 100_000;

const SYMLINK = 0o120000;
const SUBMODULE = 0o160000;

/** Reads the index, version 2 to 4; undefined where there is none or it is of another kind (split, sparse, SHA-256). */
export function readGitIndex(git: GitFolder): GitIndex | undefined {
  const bytes = git.files.read(join(git.own, 'index'));
  if (bytes === undefined || bytes.length < 32 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return undefined;
  try {
    return parse(bytes, version);
  } catch {
    return undefined;
  }
}

function parse(bytes: Buffer, version: number): GitIndex | undefined {
  if (bytes.readUInt32BE(8) > mostEntries) return undefined;
  const entries: IndexEntry[] = [];
  let at = 12;
  let previous = Buffer.alloc(0);
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    const start = at;
    const flags = bytes.readUInt16BE(start + 60);
    const extended = (flags & 0x4000) !== 0 ? bytes.readUInt16BE(start + 62) : 0;
    at += (flags & 0x4000) !== 0 ? 64 : 62;
    let kept = 0;
    if (version === 4) {
      let byte = bytes.readUInt8(at++);
      let cut = byte & 127;
      while ((byte & 128) !== 0) {
        byte = bytes.readUInt8(at++);
        cut = (cut + 1) * 128 + (byte & 127);
      }
      kept = previous.length - cut;
    }
    const end = bytes.indexOf(0, at);
    if (end < 0) return undefined;
    const path = Buffer.concat([previous.subarray(0, kept), bytes.subarray(at, end)]);
    previous = path;
    at = version === 4 ? end + 1 : start + Math.ceil((end + 1 - start) / 8) * 8;
    entries.push({
      path: path.toString('utf8'),
      object: bytes.toString('hex', start + 40, start + 60),
      mode: bytes.readUInt32BE(start + 24),
      size: bytes.readUInt32BE(start + 36),
      seconds: bytes.readUInt32BE(start + 8),
      nanoseconds: bytes.readUInt32BE(start + 12),
      stage: (flags >> 12) & 3,
      unwatched: (flags & 0x8000) !== 0 || (extended & 0x4000) !== 0,
      intended: (extended & 0x2000) !== 0,
    });
  }
  const tree = extensions(bytes, at);
  return tree === 'unreadable' ? undefined : { entries, ...(tree === undefined ? {} : { tree }) };
}

/** Looks for the cached tree among what follows the entries; a split or sparse index is not whole. */
function extensions(bytes: Buffer, start: number): string | undefined {
  let tree: string | undefined;
  for (let at = start; at + 8 <= bytes.length - 20;) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32BE(at + 4);
    if (name === 'link' || name === 'sdir') return 'unreadable';
    if (name === 'TREE') {
      const end = bytes.indexOf(10, at + 8);
      const count = Number(bytes.toString('latin1', at + 9, end).split(' ')[0]);
      if (count >= 0) tree = bytes.toString('hex', end + 1, end + 21);
    }
    at += 8 + size;
  }
  return tree;
}

/** Whether a file in the work tree differs from the index; undefined where only git could tell (filters, line endings). */
export function workTreeDiffers(git: GitFolder, index: GitIndex): boolean | undefined {
  let unsure = false;
  for (const entry of index.entries) {
    if (entry.stage !== 0) return true;
    if (entry.unwatched || entry.mode === SUBMODULE) {
      unsure ||= entry.mode === SUBMODULE && git.files.look(join(git.top, entry.path, '.git')) !== undefined;
      continue;
    }
    const differs = fileDiffers(git, entry);
    if (differs === true) return true;
    unsure ||= differs === undefined;
  }
  return unsure ? undefined : false;
}

function fileDiffers(git: GitFolder, entry: IndexEntry): boolean | undefined {
  const path = join(git.top, entry.path);
  git.files.evidence.file(path);
  const stats = git.files.look(path);
  if (stats === undefined || entry.intended) return true;
  if (stats.isSymbolicLink() !== (entry.mode === SYMLINK) || stats.isDirectory()) return true;
  const modeDiffers = stats.isFile() && ((stats.mode & 0o100) !== 0) !== ((entry.mode & 0o100) !== 0);
  if (modeDiffers && gitConfigValue(git, 'core.filemode') !== 'false') return true;
  const seconds = Math.floor(stats.mtimeMs / 1000);
  if (stats.size === entry.size && seconds === entry.seconds)
    return sameContent(git, entry, path, stats.mtimeMs);
  return sameContent(git, entry, path, undefined);
}

/** The stored time settles it, unless the file was written in the very second that the index was. */
function sameContent(
  git: GitFolder,
  entry: IndexEntry,
  path: string,
  time: number | undefined,
): boolean | undefined {
  const written = git.files.look(join(git.own, 'index'))?.mtimeMs ?? 0;
  if (time !== undefined && Math.floor(time / 1000) < Math.floor(written / 1000)) return false;
  const link = git.files.link(path);
  const data = link === undefined ? git.files.read(path) : Buffer.from(link);
  if (data === undefined) return undefined;
  const name = createHash('sha1').update(`blob ${data.length}\0`).update(data).digest('hex');
  if (name === entry.object) return false;
  // Filters and line endings come from attributes and settings, which are not obeyed here.
  const filtered = git.files.look(join(git.top, '.gitattributes')) !== undefined || data.includes('\r\n');
  return filtered ? undefined : true;
}
