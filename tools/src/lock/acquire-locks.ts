import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { privateFolder } from '../private-folder/index.ts';
import { coveredByAncestor, readAncestorLocks, writeAncestorLocks } from './ancestor-locks.ts';
import { writeGreeting } from './greeting.ts';
import type { HeldLocks, LockRequest, LockWish } from './lock-request.ts';
import { goTogether, groupDigest, longestTicketName } from './ticket-name.ts';
import { isAlive, removeDrafts, takeTicket, type Ticket } from './ticket.ts';
import { removeIfDead, waitForTicket } from './wait-for-ticket.ts';

const digestLength = 12;

/** How many bytes the path of a folder for locks may have: a socket's has at most 104 on macOS, 108 on Linux. */
export const longestLockFolder = 103 - 1 - digestLength - 1 - longestTicketName;

/**
 * Waits until all the locks are ours. First come, first served; shared holders hold together. Undefined when waiting was
 * given up by the signal. Programs that we start and that outlive us are not counted: the locks are this process's.
 * @throws LockRefused when an ancestor shares what is wanted exclusively here.
 */
export async function acquireLocks(request: LockRequest): Promise<HeldLocks | undefined> {
  const folder =
    request.folder ?? privateFolder('locks', { shared: true, longest: longestLockFolder }).folder;
  if (Buffer.byteLength(folder) > longestLockFolder)
    throw new Error(
      `The path ${folder} is too long for the sockets of locks: at most ${longestLockFolder} bytes.`,
    );
  removeDrafts(folder);
  const ancestors = readAncestorLocks(request.environment ?? process.env);
  const known = new Map(ancestors);
  const tickets: Ticket[] = [];
  const release = (): void => {
    for (const ticket of tickets.splice(0).reverse()) ticket.release();
  };
  let complete = false;
  try {
    for (const wish of inOrder(request.locks)) {
      const queue = join(folder, digest(wish.name));
      if (await coveredByAncestor(wish, queue, ancestors)) continue;
      const ticket = await acquire(wish, queue, request);
      if (ticket === undefined) return undefined;
      tickets.push(ticket);
      known.set(wish.name, ticket.path);
    }
    complete = true;
  } finally {
    if (!complete) release();
  }
  return { environment: writeAncestorLocks(known), release, [Symbol.dispose]: release };
}

async function acquire(
  wish: LockWish,
  queue: string,
  { command, onWait, signal }: LockRequest,
): Promise<Ticket | undefined> {
  if (signal?.aborted === true) return undefined;
  let since = Date.now();
  const ticket = await takeTicket(queue, wish, () => writeGreeting(command, since));
  let ours = false;
  try {
    const own = { mode: wish.mode, group: groupDigest(wish) };
    for (const other of ticket.earlier) {
      const { pid } = other;
      const path = join(queue, other.name);
      if (!goTogether(own, other)) {
        const gone = await waitForTicket(path, pid, (holder) => onWait?.(wish.name, holder), signal);
        if (!gone) return undefined;
      } else if (!isAlive(pid)) await removeIfDead(path);
    }
    since = Date.now();
    ours = true;
    return ticket;
  } finally {
    if (!ours) ticket.release();
  }
}

/** Each lock once, in the stronger of the modes asked for; who is of two groups shares with nobody. */
function inOrder(wishes: readonly LockWish[]): LockWish[] {
  const byName = new Map<string, LockWish>();
  for (const wish of wishes) {
    const { name, mode, group } = byName.get(wish.name) ?? wish;
    const isSame = mode === wish.mode && group === wish.group;
    byName.set(name, isSame ? wish : { name, mode: 'exclusive' });
  }
  return [...byName.values()].sort(
    (one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1),
  );
}

/**
 * Environments come after what they share with others: who waits for a port must not hold on to an environment that who
 * has the port may have to take down.
 */
function rank({ name }: LockWish): number {
  return name.startsWith('compose:') ? 1 : 0;
}

function digest(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, digestLength);
}
