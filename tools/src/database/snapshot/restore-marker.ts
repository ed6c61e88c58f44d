import { hostname } from 'node:os';
import { z } from 'zod';

const prefix = 'switchyard:restore ';

const restoreMarker = z.object({
  /** `new`: being restored, not in use yet. `old`: was replaced, and is to be dropped. */
  role: z.enum(['new', 'old']),
  /** The database that is restored. */
  database: z.string(),
  snapshot: z.string(),
  host: z.string(),
  pid: z.int().positive(),
});

/** Stands in the comment of a database that a restore works with, so that the next command knows what to do with it. */
export type RestoreMarker = z.infer<typeof restoreMarker>;

/** The comment for a database of this process. */
export function writeMarker(role: RestoreMarker['role'], database: string, snapshot: string): string {
  const marker: RestoreMarker = { role, database, snapshot, host: hostname(), pid: process.pid };
  return `${prefix}${JSON.stringify(marker)}`;
}

/** Undefined for a comment that is none of ours. */
export function readMarker(comment: string): RestoreMarker | undefined {
  if (!comment.startsWith(prefix)) return undefined;
  try {
    return restoreMarker.safeParse(JSON.parse(comment.slice(prefix.length))).data;
  } catch {
    return undefined;
  }
}

/** `app_restore_1a2b3c4d`, in the 63 bytes that a name may have. */
export function workName(database: string, role: RestoreMarker['role'], id: string): string {
  const suffix = `${role === 'new' ? '_restore_' : '_before_'}${id}`;
  const room = Buffer.from(database).subarray(0, 63 - suffix.length);
  // A character that was cut in the middle is left out.
  const base = new TextDecoder().decode(room).replace(/\u{fffd}+$/u, '');
  return `${base}${suffix}`;
}
