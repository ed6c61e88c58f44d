export { acquireLocks, longestLockFolder } from './acquire-locks.ts';
export { LockRefused } from './lock-refused.ts';
export type { HeldLocks, LockHolder, LockRequest, LockWish } from './lock-request.ts';
export { readLockWish } from './read-lock-wish.ts';
export { waitingMessage } from './waiting-message.ts';
