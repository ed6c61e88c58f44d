import type { LockHolder } from './lock-request.ts';

/** What to tell a person who waits for a lock: "waiting for compose:api-test, held by `nx test jobs`, pid 4711, 12 s". */
export function waitingMessage(name: string, holder: LockHolder, now: number = Date.now()): string {
  const who = holder.command === '' ? '' : `\`${holder.command}\`, `;
  return `waiting for ${name}, held by ${who}pid ${holder.pid}, ${forHowLong(now - holder.since)}`;
}

function forHowLong(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
