import { z } from 'zod';
import { platformOptions, serviceOption } from '../../platform/platform-options.ts';

/** What the executor `@switchyard/executors:logs` takes. */
export const logsOptions = z
  .strictObject({
    ...platformOptions,
    service: serviceOption,
    follow: z.boolean().default(false).describe('Go on with what is written and with what starts later.'),
    since: z
      .string()
      .regex(
        /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$|^\d{4}-\d\d-\d\d/,
        'is neither a time span (1h, 10m) nor a date',
      )
      .optional()
      .describe('Only what was written since: 1h, 10m, 2026-01-22T10:00:00.'),
    tail: z
      .union([z.literal('all'), z.coerce.number().int().nonnegative()])
      .default(100)
      .describe('Lines of each container, or all.'),
    timestamps: z.boolean().default(false).describe('Show when each line was written.'),
  })
  .describe('Shows the logs of the platform as one stream.');

export type LogsOptions = z.infer<typeof logsOptions>;
