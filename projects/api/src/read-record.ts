import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { parseRecord } from './parse-record.ts';
import type { FoundRun } from './run-store.ts';

const MAXIMUM_BYTES = 16 * 1024 * 1024;

// A link could lead out of the folder, and a named pipe would hold the reader for ever.
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Reads the record of the run `id` from `file`. Problems never quote the file, which may not be a record at all. */
export const readRecord = async (file: string, id: string): Promise<FoundRun> => {
  let text: string;
  try {
    await using handle = await open(file, OPEN_FLAGS);
    const stat = await handle.stat();
    if (!stat.isFile()) return broken('is not a regular file');
    if (stat.size > MAXIMUM_BYTES) return broken(`has ${stat.size} bytes; the most is ${MAXIMUM_BYTES}`);
    text = await handle.readFile('utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return { kind: 'absent' };
    return broken(code === 'ELOOP' ? 'is a symbolic link' : `cannot be opened (${code})`);
  }
  return parseText(text, id);
};

/** The code of a failed system call (`ENOENT`), or `unknown`. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

function parseText(text: string, id: string): FoundRun {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return broken('is not JSON');
  }
  return parseRecord(value, id);
}

function broken(problem: string): FoundRun {
  return { kind: 'broken', problem };
}
