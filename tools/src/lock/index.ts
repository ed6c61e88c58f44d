export { acquireLocks, longestLockFolder } from './acquire-locks.ts';
export type { HeldLocks, LockHolder, LockRequest, LockWish } from './lock-request.ts';
export { waitingMessage } from './waiting-message.ts';
