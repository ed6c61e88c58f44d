import { readLockWish, type LockWish } from '@switchyard/tools/lock';
import type { MakeTask } from '@switchyard/tools/make/run';

/** What was asked for, as a make task, or why it cannot be done. */
export type Launch =
  | {
      readonly kind: 'task';
      readonly task: MakeTask;
      /** The environments that preparations bring up: `dev-up=dev`. */
      readonly environments: readonly string[];
    }
  | { readonly kind: 'unusable'; readonly message: string };

/** A launch that cannot be done. */
export function unusable(message: string): Launch {
  return { kind: 'unusable', message };
}

/** Reads the names of locks, or says which one is none. */
export function readLocks(name: string, texts: readonly string[]): readonly LockWish[] | Launch {
  const locks = texts.map(readLockWish);
  const wrong = texts.find((_, index) => locks[index] === undefined);
  if (wrong === undefined) return locks.filter((lock) => lock !== undefined);
  return unusable(`${name}: the lock "${wrong}" has no name. Write db, or db:shared.`);
}

/** What to tell about a timeout that could not be read. */
export function notDuration(name: string, time: string | number): Launch {
  return unusable(`${name}: the timeout ${time} is not a duration. Write 10m, 90s, 1h, 500ms, or seconds.`);
}
