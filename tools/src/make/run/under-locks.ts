import { join } from 'node:path';
import { acquireLocks, LockRefused, waitingMessage, type LockWish } from '../../lock/index.ts';
import type { MakeInvocation, MakeOutcome, MakeTask } from './make-task.ts';
import { stoppedOutcome } from './preparation.ts';

/** Does the work of a task while its locks are held, and lets the programs that it starts know of them. */
export async function underLocks(
  task: MakeTask,
  invocation: MakeInvocation,
  work: (task: MakeTask, invocation: MakeInvocation) => Promise<MakeOutcome>,
): Promise<MakeOutcome> {
  const locks = (task.locks ?? []).map((wish) => resolved(wish, task.folder));
  if (locks.length === 0) return work(task, invocation);
  const environment = invocation.environment ?? process.env;
  const { name, command = name, signal } = invocation;
  try {
    using held = await acquireLocks({
      locks,
      command,
      environment,
      onWait: (lock, holder) => {
        invocation.report(`${name}: ${waitingMessage(lock, holder)}`);
      },
      ...(signal === undefined ? {} : { signal }),
    });
    if (held === undefined) return stoppedOutcome(name);
    return await work(task, { ...invocation, environment: { ...environment, ...held.environment } });
  } catch (error) {
    if (!(error instanceof LockRefused)) throw error;
    return { kind: 'lock-refused', code: 1, message: `${name} was not run. ${error.message}` };
  }
}

/** A lock that is named by a path is one for each checkout. */
function resolved({ name, mode }: LockWish, folder: string): LockWish {
  return { name: /^\.\.?\//.test(name) ? join(folder, name) : name, mode };
}
