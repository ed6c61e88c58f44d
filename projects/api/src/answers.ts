import { z } from 'zod';
import { runHeadSchema, runIdSchema, taskSchema } from './run.ts';
import type { Run } from './run.ts';
import type { RunStore } from './run-store.ts';

/** A run without its tasks: their numbers by status, and how many came from a cache. */
export const runSummarySchema = runHeadSchema.extend({
  outcome: z.enum(['success', 'failure']),
  counts: z.object({
    total: z.int(),
    success: z.int(),
    failure: z.int(),
    skipped: z.int(),
    stopped: z.int(),
    cached: z.int(),
  }),
});

/** Answer of `GET /runs`. It may hold fewer than `limit`; only `nextCursor: null` means the end. */
export const runListSchema = z.object({
  items: z.array(runSummarySchema),
  nextCursor: runIdSchema.nullable(),
});

/** Answer of `GET /runs/{id}/tasks`. */
export const taskListSchema = z.object({ items: z.array(taskSchema) });

/** Answer of `GET /health`; `degraded` when something cannot be shown. */
export const healthSchema = z.object({
  status: z.enum(['ok', 'degraded']),
  store: z.enum(['folder', 'postgresql']),
  records: z.int(),
  newest: runIdSchema.nullable(),
  skipped: z.array(z.object({ record: z.string(), problem: z.string() })),
  notice: z.string().nullable(),
});

/** A run in the form that lists show. */
export type RunSummary = z.infer<typeof runSummarySchema>;

/** How well the api is. */
export type Health = z.infer<typeof healthSchema>;

/** A run succeeded when no task failed or was stopped; skipped ones are the consequence of one that did. */
export const summarizeRun = ({ tasks, ...run }: Run): RunSummary => {
  const count = (status: Run['tasks'][number]['status']) =>
    tasks.filter((task) => task.status === status).length;
  const counts = {
    total: tasks.length,
    success: count('success'),
    failure: count('failure'),
    skipped: count('skipped'),
    stopped: count('stopped'),
    cached: tasks.filter(({ cacheStatus }) => cacheStatus !== 'cache-miss' && cacheStatus !== 'not-cacheable')
      .length,
  };
  return { ...run, outcome: counts.failure + counts.stopped > 0 ? 'failure' : 'success', counts };
};

/** The health of the api, which is that of its store. */
export const reportHealth = async (store: RunStore): Promise<Health> => {
  const { records, newest, skipped, notice } = await store.health();
  return {
    status: skipped.length > 0 || notice !== null ? 'degraded' : 'ok',
    store: store.kind,
    records,
    newest,
    skipped: [...skipped],
    notice,
  };
};
