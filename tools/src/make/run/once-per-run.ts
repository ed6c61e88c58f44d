import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acquireLocks } from '../../lock/index.ts';

/** A piece of work that is done once in a run, by whichever process comes first. */
export interface OnceRequest {
  /** A private folder that every process of the run uses. */
  readonly folder: string;
  /** What the work is; equal keys are the same work. */
  readonly key: string;
  /** The lock that is held while the work is done. */
  readonly lock: string;
  /** What others are told who wait for the lock. */
  readonly command: string;
  /** Where it says which locks are held already. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Does the work, with this added to the environment. Undefined when it was cut short, so that someone else may do it. */
  readonly work: (environment: Readonly<Record<string, string>>) => Promise<number | undefined>;
  /** Called when another process does the work already. */
  readonly onWait: (pid: number) => void;
  readonly signal?: AbortSignal;
}

/** The exit code of the work, and which process did it. Undefined when waiting for it was given up. */
export type OnceResult = { readonly code: number; readonly pid: number } | undefined;

/**
 * Does a piece of work once for all processes of a run. Whoever has its lock does the work; the others find it done when
 * the lock comes to them. When the worker dies, the next one does it.
 */
export async function oncePerRun(request: OnceRequest): Promise<OnceResult> {
  const { folder, key, lock, command, environment, work, onWait, signal } = request;
  const name = createHash('sha256').update(key).digest('hex').slice(0, 10);
  const record = join(folder, `${name}.done`);
  const before = readRecord(record);
  if (before !== undefined) return before;
  using held = await acquireLocks({
    locks: [{ name: lock, mode: 'exclusive' }],
    command,
    environment,
    onWait: (_name, { pid }) => {
      // Not when it only has a look at the record before us.
      if (readRecord(record) === undefined) onWait(pid);
    },
    ...(signal === undefined ? {} : { signal }),
  });
  if (held === undefined) return undefined;
  const meanwhile = readRecord(record);
  if (meanwhile !== undefined) return meanwhile;
  const code = await work(held.environment);
  if (code === undefined) return undefined;
  const result = { code, pid: process.pid };
  writeRecord(record, result);
  return result;
}

function readRecord(file: string): OnceResult {
  try {
    const [code, pid] = readFileSync(file, 'utf8').split(' ').map(Number);
    return code === undefined || pid === undefined ? undefined : { code, pid };
  } catch {
    // Not there: nobody has finished the work yet.
    return undefined;
  }
}

/** Written beside and renamed, so that nobody reads half of it. */
function writeRecord(file: string, { code, pid }: { code: number; pid: number }): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${code} ${pid}`);
  renameSync(draft, file);
}
