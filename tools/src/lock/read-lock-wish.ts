import type { LockWish } from './lock-request.ts';

/**
 * Reads a lock as people write it: `db` is exclusive, `db:shared` is not, `port:5432:shared=api-dev` is shared within the
 * group api-dev. Undefined when there is no name.
 */
export function readLockWish(text: string): LockWish | undefined {
  const [, name = '', mode, group] =
    /^(.*?)(?::(shared|exclusive)(?:(?<=shared)=(.+))?)?$/s.exec(text.trim()) ?? [];
  if (name === '') return undefined;
  if (mode !== 'shared') return { name, mode: 'exclusive' };
  return { name, mode, ...(group === undefined ? {} : { group }) };
}
