import { z } from 'zod';
import { platformOptions } from '../../platform/platform-options.ts';

/** What the executor `@switchyard/executors:health` takes. */
export const healthOptions = z
  .strictObject({
    ...platformOptions,
    require: z
      .array(z.string())
      .optional()
      .describe('Environments that have to be up: `dev`. Those named by --environment have to be, too.'),
    fix: z
      .boolean()
      .default(false)
      .describe('Create missing networks, start what is stopped, restart what is unhealthy, and look again.'),
    json: z.boolean().default(false).describe('Print one JSON document.'),
  })
  .describe('Looks at everything that the platform needs to work.');

export type HealthOptions = z.infer<typeof healthOptions>;
