export type { HeldLocks, LockHolder, LockRequest, LockWish } from './lock-request.ts';
