import { acquireLocks, waitingMessage, type LockWish } from '../../lock/index.ts';
import { Stopped } from '../server/index.ts';
import type { SnapshotInvocation } from './snapshot-request.ts';

export type { LockWish };

/** Does something while it holds locks, and tells who is waited for. Throws Stopped when told to stop while waiting. */
export async function underLocks<Result>(
  { task, report, signal }: SnapshotInvocation,
  locks: readonly LockWish[],
  work: () => Promise<Result>,
): Promise<Result> {
  const held = await acquireLocks({
    locks,
    command: `nx run ${task}`,
    ...(signal === undefined ? {} : { signal }),
    onWait: (name, holder) => {
      report(`${task}: ${waitingMessage(name, holder)}`);
    },
  });
  if (held === undefined) throw new Stopped(`${task}: stopped while it waited.`);
  try {
    return await work();
  } finally {
    held.release();
  }
}
