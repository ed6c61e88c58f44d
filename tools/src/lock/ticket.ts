import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { codeOf } from './error-code.ts';
import type { LockWish } from './lock-request.ts';
import { isEarlier, newTicketName, readTicketNames, type TicketName } from './ticket-name.ts';

/** A place in the queue for a lock: a socket that listens for as long as the place is taken. */
export interface Ticket {
  readonly path: string;
  /** Those that came before, first come first. */
  readonly earlier: readonly TicketName[];
  release(): void;
}

/**
 * Takes a place in the queue that `folder` is. What makes it safe: a ticket that one process does not see when it looks
 * for earlier ones was put there after that look, by a process that then sees the later ticket, and tries again. So of
 * two tickets the later one always waits for the earlier one, also when numbers are used again.
 */
export async function takeTicket(folder: string, wish: LockWish, greeting: () => string): Promise<Ticket> {
  for (;;) {
    const listener = await listen(join(dirname(folder), draftName()), greeting);
    let place: Place | undefined;
    try {
      // One go without waiting for anything, so that two processes seldom meet.
      place = putInQueue(listener.path, folder, wish);
    } finally {
      if (place === undefined) listener.close();
    }
    if (place === undefined) continue;
    const path = join(folder, place.own.name);
    const release = (): void => {
      // Its name goes first: whoever then finds the connection closed also finds that the ticket is gone.
      rmSync(path, { force: true });
      listener.close();
      removeIfEmpty(folder);
    };
    if (!place.late) return { path, earlier: place.earlier, release };
    // With the connections that came by this name: they are not meant for the next one.
    release();
  }
}

interface Place {
  readonly own: TicketName;
  readonly earlier: readonly TicketName[];
  /** Someone with a later ticket may not have seen ours. */
  readonly late: boolean;
}

/** Undefined when the folder, or the socket, was removed under our hands. */
function putInQueue(draft: string, folder: string, wish: LockWish): Place | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const last = readTicketNames(readdirSync(folder)).at(-1)?.number ?? 0;
    const own = newTicketName(last + 1, wish);
    renameSync(draft, join(folder, own.name));
    const others = readTicketNames(readdirSync(folder)).filter(({ name }) => name !== own.name);
    const earlier = others.filter((other) => isEarlier(other, own));
    return { own, earlier, late: earlier.length < others.length };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Error(`No place in the queue ${folder} of a lock can be taken.`, { cause: error });
  }
}

/** The last one to leave removes the folder. One with a ticket in it cannot be removed. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Others are in the queue, or have removed it.
  }
}

/** Sockets get a name in the queue only when they listen, so that one that does not answer is a dead process's. */
async function listen(
  path: string,
  greeting: () => string,
): Promise<{ readonly path: string; close: () => void }> {
  const connections = new Set<Socket>();
  const server = createServer((connection) => {
    connections.add(connection);
    connection.on('error', () => connection.destroy());
    connection.on('close', () => connections.delete(connection));
    connection.unref();
    connection.resume();
    connection.write(`${greeting()}\n`);
  });
  await listening(server, path);
  // Who holds a lock and has nothing else to do may end.
  server.unref();
  const close = (): void => {
    for (const connection of connections) connection.destroy();
    server.close();
  };
  return { path, close };
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      // What goes wrong with one connection, such as no file descriptor for it, is nothing to end for.
      server.off('error', reject).on('error', () => undefined);
      resolve();
    });
  });
}

function draftName(): string {
  return `draft.${process.pid}.${randomBytes(6).toString('hex')}`;
}

/** Removes sockets of processes that died before they had a place in any queue. */
export function removeDrafts(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^draft\.(\d+)\./.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(parent, name), { force: true });
  }
}

/** Whether a process of this number runs; it may be another one than it was. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
