import { acquireLocks, waitingMessage, type HeldLocks } from '../../lock/index.ts';
import type { ComposeInvocation } from './lifecycle.ts';

/** Takes the lock of a compose project for itself alone; says whom it waits for. Undefined when it was given up. */
export function lockEnvironment(
  composeProject: string,
  invocation: ComposeInvocation,
  signal?: AbortSignal,
): Promise<HeldLocks | undefined> {
  return acquireLocks({
    locks: [{ name: `compose:${composeProject}`, mode: 'exclusive' }],
    command: invocation.name,
    environment: invocation.environment ?? process.env,
    ...(signal === undefined ? {} : { signal }),
    onWait: (name, holder) => {
      invocation.report(`${invocation.name}: ${waitingMessage(name, holder)}`);
    },
  });
}

/** Takes the same lock if nobody has it now, or lets go of it within so many milliseconds. */
export async function lockEnvironmentAtOnce(
  composeProject: string,
  invocation: ComposeInvocation,
  patience = 0,
): Promise<HeldLocks | undefined> {
  const giveUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  return acquireLocks({
    locks: [{ name: `compose:${composeProject}`, mode: 'exclusive' }],
    command: invocation.name,
    environment: invocation.environment ?? process.env,
    signal: AbortSignal.any([giveUp.signal, ...(invocation.signal === undefined ? [] : [invocation.signal])]),
    onWait: () => {
      if (patience === 0) giveUp.abort();
      timer ??= setTimeout(() => {
        giveUp.abort();
      }, patience);
    },
  })
    .catch(() => undefined)
    .finally(() => {
      clearTimeout(timer);
    });
}
