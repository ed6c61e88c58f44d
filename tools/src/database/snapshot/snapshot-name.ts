import { DatabaseFailure } from '../server/index.ts';

const longest = 100;

/** Throws a DatabaseFailure when a snapshot must not have this name: it becomes the name of files. */
export function checkSnapshotName(task: string, name: string): void {
  const isSafe = /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) && !name.includes('..') && name.length <= longest;
  if (isSafe) return;
  throw new DatabaseFailure(
    `${task}: ${JSON.stringify(name)} cannot be the name of a snapshot.\nUse up to ${longest} letters, digits, -, _ and single dots; the first one a letter or digit: \`before-migration\`.`,
  );
}

/** The name of a snapshot that was given none: the time, as `2026-11-21-155003`. */
export function nameByTime(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}
