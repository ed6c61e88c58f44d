import { createHash, randomBytes } from 'node:crypto';
import type { LockWish } from './lock-request.ts';

/**
 * What the name of a ticket's socket says: `12.e.4711.9f3c5a7b1d2e` is the 12th, exclusive, of process 4711; with `s` it
 * is shared, and with `s0a1b2c3d` within a group.
 */
export interface TicketName {
  readonly name: string;
  readonly number: number;
  readonly mode: LockWish['mode'];
  /** A digest; empty for none. */
  readonly group: string;
  readonly pid: number;
}

/** Bytes that the longest name takes. */
export const longestTicketName = 10 + '.e.'.length + 8 + 10 + '.'.length + 12;

/** A name for a new ticket that nobody else has or will have. */
export function newTicketName(number: number, wish: LockWish): TicketName {
  const { mode } = wish;
  const group = groupDigest(wish);
  const letter = mode === 'exclusive' ? 'e' : 's';
  const name = `${number}.${letter}${group}.${process.pid}.${randomBytes(6).toString('hex')}`;
  return { name, number, mode, group, pid: process.pid };
}

/** Stands for the group of a wish; empty for none. */
export function groupDigest({ mode, group }: LockWish): string {
  if (mode === 'exclusive' || group === undefined) return '';
  return createHash('sha256').update(group).digest('hex').slice(0, 8);
}

/** Whether two may hold a lock at the same time. */
export function goTogether(
  one: Pick<TicketName, 'mode' | 'group'>,
  other: Pick<TicketName, 'mode' | 'group'>,
): boolean {
  return one.mode === 'shared' && other.mode === 'shared' && one.group === other.group;
}

/** The tickets among the names of files, first come first. */
export function readTicketNames(names: readonly string[]): TicketName[] {
  return names
    .flatMap((name) => {
      const [, number, letter, group = '', pid] =
        /^(\d+)\.([es])([0-9a-f]{8})?\.(\d+)\.[0-9a-f]+$/.exec(name) ?? [];
      if (number === undefined || pid === undefined) return [];
      const mode = letter === 'e' ? 'exclusive' : 'shared';
      return [{ name, number: Number(number), mode, group, pid: Number(pid) } as const];
    })
    .sort((one, other) => (isEarlier(one, other) ? -1 : 1));
}

/** Whether a ticket comes before another one. Of two with the same number, the names decide. */
export function isEarlier(one: TicketName, other: TicketName): boolean {
  return one.number === other.number ? one.name < other.name : one.number < other.number;
}
