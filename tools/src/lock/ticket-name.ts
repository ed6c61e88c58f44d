import { randomBytes } from 'node:crypto';
import type { LockWish } from './lock-request.ts';

/** What the name of a ticket's socket says: `12.e.4711.9f3c5a7b1d2e` is the 12th, exclusive, of process 4711. */
export interface TicketName {
  readonly name: string;
  readonly number: number;
  readonly mode: LockWish['mode'];
  readonly pid: number;
}

/** Bytes that the longest name takes. */
export const longestTicketName = 10 + '.e.'.length + 10 + '.'.length + 12;

/** A name for a new ticket that nobody else has or will have. */
export function newTicketName(number: number, mode: LockWish['mode']): TicketName {
  const letter = mode === 'exclusive' ? 'e' : 's';
  const name = `${number}.${letter}.${process.pid}.${randomBytes(6).toString('hex')}`;
  return { name, number, mode, pid: process.pid };
}

/** The tickets among the names of files, first come first. */
export function readTicketNames(names: readonly string[]): TicketName[] {
  return names
    .flatMap((name) => {
      const [, number, letter, pid] = /^(\d+)\.([es])\.(\d+)\.[0-9a-f]+$/.exec(name) ?? [];
      if (number === undefined || pid === undefined) return [];
      const mode = letter === 'e' ? 'exclusive' : 'shared';
      return [{ name, number: Number(number), mode, pid: Number(pid) } as const];
    })
    .sort((one, other) => (isEarlier(one, other) ? -1 : 1));
}

/** Whether a ticket comes before another one. Of two with the same number, the names decide. */
export function isEarlier(one: TicketName, other: TicketName): boolean {
  return one.number === other.number ? one.name < other.name : one.number < other.number;
}
