import { join } from 'node:path';
import type { LockWish } from '../../lock/index.ts';

const prefix = 'make:';

/** The name of the lock that is held while a recipe runs that several tasks may come to. */
export function recipeLock(folder: string, target: string): string {
  return prefix + join(folder, target);
}

/** Whether a lock keeps a recipe from running twice at a time; the others are what people name. */
export function isRecipeLock({ name }: LockWish): boolean {
  return name.startsWith(prefix);
}

/** A lock that is named by a path (`./db`, `make:./_gen`) is one for each checkout. */
export function resolveLock({ name, mode }: LockWish, folder: string): LockWish {
  const [, kind, path] = /^(make:)?(\.\.?\/.*)$/s.exec(name) ?? [];
  return { name: path === undefined ? name : (kind ?? '') + join(folder, path), mode };
}
