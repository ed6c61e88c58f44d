import { createHash, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { askRunner } from './ask-runner.ts';

/** A piece of work that is done once in a run, by whichever process comes first. */
export interface OnceRequest {
  /** A private folder that every process of the run uses. */
  readonly folder: string;
  /** What the work is; equal keys are the same work. */
  readonly key: string;
  /** Does the work. Undefined when it was cut short, so that someone else may do it. */
  readonly work: () => Promise<number | undefined>;
  /** Called when another process does the work already. */
  readonly onWait: (pid: number) => void;
  readonly signal?: AbortSignal;
}

/** The exit code of the work, and which process did it. Undefined when waiting for it was given up. */
export type OnceResult = { readonly code: number; readonly pid: number } | undefined;

/**
 * Does a piece of work once for all processes of a run. Whoever gets the name of a socket does the work; the others
 * connect to it and wait. The kernel closes the connection when the worker dies, and then the next one tries.
 */
export async function oncePerRun(request: OnceRequest): Promise<OnceResult> {
  const name = createHash('sha256').update(request.key).digest('hex').slice(0, 10);
  const record = join(request.folder, `${name}.done`);
  // A dead worker's socket is never removed: two waiters could then remove the one's new socket. They move on to the
  // next name instead, which only one of them can get.
  for (let generation = 0; request.signal?.aborted !== true;) {
    const done = readRecord(record);
    if (done !== undefined) return done;
    const socket = join(request.folder, `${name}.${generation}`);
    const answer = await askRunner(socket, request.onWait, request.signal);
    if (answer.kind === 'result') return { code: answer.code, pid: answer.pid };
    if (answer.kind === 'dead') generation++;
    if (answer.kind !== 'nobody') continue;
    const election = await standForElection(request.folder, socket);
    if (election === undefined) continue;
    // It may have been done since the record was looked for.
    const meanwhile = readRecord(record);
    const code = meanwhile?.code ?? (await request.work());
    const result = meanwhile ?? (code === undefined ? undefined : { code, pid: process.pid });
    if (meanwhile === undefined && result !== undefined) writeRecord(record, result);
    election.announce(result);
    return result;
  }
  return undefined;
}

/** Listens on a name of our own, then links it: nobody ever sees a socket that does not listen yet. */
async function standForElection(
  folder: string,
  socket: string,
): Promise<{ announce: (result: OnceResult) => void } | undefined> {
  const waiting = new Set<Socket>();
  const own = join(folder, randomBytes(6).toString('hex'));
  const server = createServer((connection) => {
    waiting.add(connection);
    connection.on('error', () => connection.destroy());
    connection.on('close', () => waiting.delete(connection));
    connection.write(`${process.pid}\n`);
  });
  await listening(server, own);
  try {
    linkSync(own, socket);
  } catch (error) {
    server.close();
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
  return {
    announce: (result) => {
      for (const connection of waiting) connection.end(result === undefined ? '' : `${result.code}\n`);
      server.close();
    },
  };
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
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
