import {
  acquireLocks,
  waitingMessage,
  type HeldLocks,
  type LockHolder,
  type LockWish,
} from '../../lock/index.ts';
import type { MakeInvocation, MakeOutcome, MakeTask } from './make-task.ts';
import { stoppedOutcome } from './preparation.ts';
import { isRecipeLock, resolveLock } from './recipe-lock.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Does the work of a task while its locks are held, and lets the programs that it starts know of them. Those of recipes
 * come last, as preparations take theirs while the others are held: in one order for all, nobody can wait in a circle.
 * @throws LockRefused
 */
export async function underLocks(
  task: MakeTask,
  invocation: MakeInvocation,
  work: (task: MakeTask, invocation: MakeInvocation) => Promise<MakeOutcome>,
): Promise<MakeOutcome> {
  const locks = (task.locks ?? []).map((wish) => resolveLock(wish, task.folder));
  if (locks.length === 0) return work(task, invocation);
  const held: HeldLocks[] = [];
  let environment: Environment = invocation.environment ?? process.env;
  try {
    for (const wishes of [locks.filter((wish) => !isRecipeLock(wish)), locks.filter(isRecipeLock)]) {
      const more = await acquire(wishes, environment, invocation);
      if (more === undefined) return stoppedOutcome(invocation.name);
      held.push(more);
      environment = { ...environment, ...more.environment };
    }
    return await work(task, { ...invocation, environment });
  } finally {
    for (const one of held) one.release();
  }
}

function acquire(
  locks: readonly LockWish[],
  environment: Environment,
  { name, command = name, signal, report }: MakeInvocation,
): Promise<HeldLocks | undefined> {
  const onWait = (lock: string, holder: LockHolder): void => {
    report(`${name}: ${waitingMessage(lock, holder)}`);
  };
  return acquireLocks({ locks, command, environment, onWait, ...(signal === undefined ? {} : { signal }) });
}
