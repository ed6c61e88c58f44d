import { z } from 'zod';

/** How the files of a snapshot are written: what this version writes and reads. */
export const snapshotFormat = 1;

/** What is written beside a dump, as `NAME.json`. */
export const snapshotRecord = z.object({
  format: z.literal(snapshotFormat),
  name: z.string().min(1),
  project: z.string(),
  environment: z.string(),
  composeProject: z.string(),
  service: z.string(),
  database: z.string().min(1),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  /** Of the server and of its pg_dump: `15.4`. */
  serverVersion: z.string().regex(/^\d+/),
  dumpVersion: z.string(),
  /** The dump, in the same folder. */
  file: z.string().regex(/^[^/\\]+\.dump\.(?:zst|gz)$/),
  compression: z.enum(['zstd', 'gzip']),
  /** Bytes of the file, and of the dump when it is uncompressed. */
  size: z.int().positive(),
  dumpSize: z.int().positive(),
  /** Of the file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Roles that own something in it, and roles that are granted something. */
  owners: z.array(z.string()),
  grantees: z.array(z.string()),
});

export type SnapshotRecord = z.infer<typeof snapshotRecord>;

/** What a folder of snapshots holds under a name. */
export type StoredSnapshot =
  | {
      readonly kind: 'usable';
      readonly name: string;
      readonly folder: string;
      readonly record: SnapshotRecord;
    }
  /** Half of it is missing, or it says nothing that can be read: it can be deleted or replaced only. */
  | { readonly kind: 'broken'; readonly name: string; readonly folder: string; readonly problem: string };
