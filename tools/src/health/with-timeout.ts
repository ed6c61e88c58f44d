import { setTimeout as sleep } from 'node:timers/promises';

/** What work gives, or undefined when it takes longer than so many milliseconds: it then goes on unheard. */
export async function withTimeout<Value>(
  work: Promise<Value>,
  milliseconds: number,
): Promise<Value | undefined> {
  const controller = new AbortController();
  const { signal } = controller;
  try {
    return await Promise.race([work, sleep(milliseconds, undefined, { signal })]);
  } finally {
    controller.abort();
  }
}
