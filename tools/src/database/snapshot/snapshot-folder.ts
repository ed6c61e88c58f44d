import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { readRegularFile } from '../../file/index.ts';
import { harmlessText } from '../../table/index.ts';
import { snapshotFormat, snapshotRecord, type StoredSnapshot } from './snapshot.ts';

/** Where all snapshots of a workspace are, relative to it. */
export const snapshotsFolder = join('.switchyard', 'snapshots');

/** Bytes; one that names a hundred roles has ten thousand. */
const longestRecord = 1024 * 1024;

/** The folder of the snapshots of one service. */
export function folderOf(
  workspaceRoot: string,
  place: { readonly project: string; readonly environment: string; readonly service: string },
): string {
  const parts = [place.project, place.environment, place.service].map(asFolderName);
  return join(workspaceRoot, snapshotsFolder, ...parts);
}

/**
 * Makes the folder of a service, for this user only. One level after the other: `recursive` says ENOENT on a read-only
 * file system.
 */
export function makeFolder(workspaceRoot: string, folder: string): void {
  let path = workspaceRoot;
  for (const part of relative(workspaceRoot, folder).split(sep)) {
    path = join(path, part);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) continue;
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      // Another command may have made it meanwhile.
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
    }
  }
}

/** All snapshots in the folder of a service, by name. */
export function readSnapshots(folder: string): readonly StoredSnapshot[] {
  const files = list(folder);
  const names = new Set<string>();
  for (const file of files) {
    const name = nameOf(file);
    if (name !== undefined) names.add(name);
  }
  return [...names].toSorted().map((name) => readSnapshot(folder, name));
}

/** One snapshot, `broken` also when there is nothing of it at all. */
export function readSnapshot(folder: string, name: string): StoredSnapshot {
  const broken = (problem: string): StoredSnapshot => ({
    kind: 'broken',
    name,
    folder,
    // It may quote the file, and anybody may have put that there.
    problem: harmlessText(problem, { colours: false }),
  });
  const recordFile = join(folder, `${name}.json`);
  if (!isThere(recordFile)) return broken(`${name}.json is missing`);
  const text = isRegular(recordFile) ? readRegularFile(recordFile, { largest: longestRecord }) : undefined;
  if (text === undefined) return broken(`${name}.json cannot be read, or is no regular file of its folder`);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return broken(`${name}.json is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = snapshotRecord.safeParse(content);
  if (!parsed.success) {
    const newer = z.object({ format: z.number().gt(snapshotFormat) }).safeParse(content);
    if (newer.success)
      return broken(`it was made by a newer Switchyard (format ${newer.data.format}): update Switchyard`);
    return broken(`${name}.json does not fit: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
  }
  if (parsed.data.name !== name) return broken(`${name}.json is that of ${parsed.data.name}`);
  const dump = join(folder, parsed.data.file);
  if (!isThere(dump)) return broken(`${parsed.data.file} is missing`);
  if (!isRegular(dump)) return broken(`${parsed.data.file} is no regular file of its folder`);
  return { kind: 'usable', name, folder, record: parsed.data };
}

/** Whether there are files under this name. */
export function existsSnapshot(folder: string, name: string): boolean {
  return list(folder).some((file) => nameOf(file) === name);
}

/** Removes all files of a snapshot, that which makes it one first; except `keep`. Returns how many bytes became free. */
export function removeSnapshotFiles(folder: string, name: string, keep: readonly string[] = []): number {
  const own = list(folder).filter((file) => nameOf(file) === name && !keep.includes(file));
  let free = 0;
  for (const file of own.toSorted((one) => (one.endsWith('.json') ? -1 : 1))) {
    free += lstatSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0;
    rmSync(join(folder, file), { force: true, recursive: true });
  }
  return free;
}

/** The name of a file that is written; `pid` tells the next command whether somebody still writes it. */
export function temporaryName(name: string, random: string): string {
  return `.${name}.${process.pid}.${random}.tmp`;
}

/**
 * Removes what was left behind by commands that were killed: temporary files of processes that are gone, and dumps that
 * were replaced. Only for a holder of the folder's lock. Returns what it removed.
 */
export function removeLeftFiles(folder: string): readonly string[] {
  const files = list(folder);
  const stale = files.filter((file) => {
    const pid = /^\..+\.(\d+)\.[0-9a-f]+\.tmp$/.exec(file)?.[1];
    return pid !== undefined && !isAlive(Number(pid));
  });
  for (const stored of readSnapshots(folder)) {
    if (stored.kind === 'broken') continue;
    const dumps = files.filter((file) => nameOf(file) === stored.name && !file.endsWith('.json'));
    stale.push(...dumps.filter((file) => file !== stored.record.file));
  }
  for (const file of stale) rmSync(join(folder, file), { force: true });
  return stale;
}

/** `name.json`, `name.dump.zst`, or `name~1a2b3c4d.dump.zst`, the dump of one that replaced another. */
function nameOf(file: string): string | undefined {
  return /^([A-Za-z0-9][A-Za-z0-9._-]*?)(?:\.json|(?:~[0-9a-f]+)?\.dump\.(?:zst|gz))$/.exec(file)?.[1];
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** Links lead anywhere, and whoever reads a FIFO or a device waits for ever. */
function isRegular(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** A project may be called `@acme/api`. */
function asFolderName(name: string): string {
  return encodeURIComponent(name).replace(/^\./, '%2E');
}

/** The name that a folder stands for; of one that somebody else made, what can be shown of it. */
export function fromFolderName(folder: string): string {
  try {
    return harmlessText(decodeURIComponent(folder), { colours: false });
  } catch {
    return harmlessText(folder, { colours: false });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
