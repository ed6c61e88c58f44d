import { z } from 'zod';
import { platformOptions, serviceOption } from '../../platform/platform-options.ts';

/** What the executor `@switchyard/executors:status` takes. */
export const statusOptions = z
  .strictObject({
    ...platformOptions,
    service: serviceOption,
    watch: z.boolean().default(false).describe('Go on, and refresh in place. Needs a terminal.'),
    stats: z
      .boolean()
      .default(true)
      .describe('Measure CPU and memory, which takes the engine a second or two (--no-stats).'),
    json: z.boolean().default(false).describe('Print one JSON document.'),
  })
  .describe('Shows all containers of the platform.');

export type StatusOptions = z.infer<typeof statusOptions>;
