import type { LockWish } from '@switchyard/tools/lock';

/** Something that a process did with a lock. */
export interface LockEvent extends LockWish {
  readonly kind: 'ask' | 'acquire' | 'release';
  /** Which process, and which of its lanes: `4711.0`. */
  readonly owner: string;
  /** Nanoseconds of the machine's monotonic clock. */
  readonly at: bigint;
}

/** A line of the journal. */
export function formatEvent({ kind, owner, name, mode, at }: LockEvent): string {
  return `${[kind, owner, name, mode, at].join(' ')}\n`;
}

/** Reads a journal. A line that its process could not finish, because it was killed, does not count. */
export function parseJournal(text: string): LockEvent[] {
  return text.split('\n').flatMap((line) => {
    const [, kind, owner, name, mode, at] =
      /^(ask|acquire|release) (\S+) (\S+) (shared|exclusive) (\d+)$/.exec(line) ?? [];
    if (kind !== 'ask' && kind !== 'acquire' && kind !== 'release') return [];
    if (mode !== 'shared' && mode !== 'exclusive') return [];
    return [{ kind, owner: owner ?? '', name: name ?? '', mode, at: BigInt(at ?? 0) }];
  });
}
