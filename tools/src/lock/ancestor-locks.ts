import { basename, dirname } from 'node:path';
import { LockRefused } from './lock-refused.ts';
import type { LockWish } from './lock-request.ts';
import { goTogether, groupDigest, readTicketNames } from './ticket-name.ts';
import { isHeld } from './wait-for-ticket.ts';

/** In the environment of programs that are started under locks: the path of the ticket by the name of the lock, as JSON. */
const variable = 'SWITCHYARD_LOCKS';

type Environment = Readonly<Record<string, string | undefined>>;

/** The tickets that ancestors of this process hold, by the name of the lock; they may have died meanwhile. */
export function readAncestorLocks(environment: Environment): ReadonlyMap<string, string> {
  let said: unknown;
  try {
    said = JSON.parse(environment[variable] ?? '{}');
  } catch {
    // Not written by us: as if there were none.
  }
  const entries = typeof said === 'object' && said !== null ? Object.entries(said) : [];
  return new Map(entries.flatMap(([name, path]) => (typeof path === 'string' ? [[name, path]] : [])));
}

/** What to put into the environment of children, so that they know of their ancestors' locks. */
export function writeAncestorLocks(tickets: ReadonlyMap<string, string>): Record<string, string> {
  return tickets.size === 0 ? {} : { [variable]: JSON.stringify(Object.fromEntries(tickets)) };
}

/**
 * Whether a lock that an ancestor holds makes a wish true already. Throws LockRefused when it holds it shared and the wish is an
 * exclusive one: it would wait for its own ancestor, which waits for it.
 */
export async function coveredByAncestor(
  wish: LockWish,
  folder: string,
  ancestors: ReadonlyMap<string, string>,
): Promise<boolean> {
  const path = ancestors.get(wish.name);
  if (path === undefined || dirname(path) !== folder || !(await isHeld(path))) return false;
  const [ticket] = readTicketNames([basename(path)]);
  if (ticket === undefined) return false;
  const wanted = { mode: wish.mode, group: groupDigest(wish) };
  if (ticket.mode === 'exclusive' || goTogether(ticket, wanted)) return true;
  throw new LockRefused(
    `The lock ${wish.name} cannot be had exclusively here: process ${ticket.pid}, which started this one, holds it ` +
      'shared, and would be waited for without end.\nAsk for it as shared here, or exclusively there.',
  );
}
