import type { LockWish } from './lock-request.ts';

/** Reads a lock as people write it: `db` is exclusive, `db:shared` is not. Undefined when there is no name. */
export function readLockWish(text: string): LockWish | undefined {
  const [, name = '', mode] = /^(.*?)(?::(shared|exclusive))?$/s.exec(text.trim()) ?? [];
  if (name === '') return undefined;
  return { name, mode: mode === 'shared' ? 'shared' : 'exclusive' };
}
