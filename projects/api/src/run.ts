import { z } from 'zod';

const timestamp = z.iso.datetime({ precision: 3 });

/** The name of a run: its start in UTC, to the millisecond, and a random part. Sorted by text, runs are sorted by time. */
export const runIdSchema = z
  .string()
  .regex(/^\d{8}T\d{9}Z-[0-9a-f]{6,32}$/, 'must look like 20260102T030405678Z-4f2a9c');

/** One task of a run, in the words of Nx; times and `code` are null where the task never started. */
export const taskSchema = z.object({
  id: z.string().min(1),
  project: z.string().min(1),
  target: z.string().min(1),
  status: z.enum(['success', 'failure', 'skipped', 'stopped']),
  startedAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
  code: z.int().nullable(),
  cacheStatus: z.enum([
    'local-cache',
    'local-cache-kept-existing',
    'remote-cache',
    'cache-miss',
    'not-cacheable',
  ]),
});

/** What is known of a run besides its tasks. */
export const runHeadSchema = z.object({
  id: runIdSchema,
  startedAt: timestamp,
  endedAt: timestamp,
  command: z.string().min(1),
});

/** What one invocation of Nx did. A record of it is this object as JSON; unknown keys are left out, so that newer writers can be read. */
export const runSchema = runHeadSchema
  .extend({ tasks: z.array(taskSchema) })
  .refine((run) => run.id.startsWith(`${compactTime(run.startedAt)}-`), {
    path: ['id'],
    message: 'must begin with the time in startedAt',
  });

/** A task as `taskSchema` describes it. */
export type Task = z.infer<typeof taskSchema>;

/** A run as `runSchema` describes it. */
export type Run = z.infer<typeof runSchema>;

/** The name for a run that started at `startedAt` (ISO 8601, UTC, milliseconds); `random` is at least six hexadecimal digits. */
export const createRunId = (startedAt: string, random: string): string =>
  runIdSchema.parse(`${compactTime(startedAt)}-${random}`);

function compactTime(timestampText: string): string {
  return timestampText.replace(/[-:.]/g, '');
}
