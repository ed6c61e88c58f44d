import { z } from 'zod';
import { runSchema } from './run.ts';
import type { FoundRun } from './run-store.ts';

/** Takes `value` for the record of the run `id`. Problems never quote the value, which may not be a record at all. */
export const parseRecord = (value: unknown, id: string): FoundRun => {
  const parsed = runSchema.safeParse(value);
  if (!parsed.success) {
    const problem = `is not a run: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`;
    return { kind: 'broken', problem };
  }
  if (parsed.data.id !== id) return { kind: 'broken', problem: 'holds a run with another id than its name' };
  return { kind: 'found', run: parsed.data };
};
