import { z } from 'zod';
import { platformOptions } from '../../platform/platform-options.ts';

/** What the executor `@switchyard/executors:cleanup` takes. */
export const cleanupOptions = z
  .strictObject({
    ...platformOptions,
    all: z
      .boolean()
      .default(false)
      .describe('Take down what is up, and remove the images that were built for it too.'),
    volumes: z
      .boolean()
      .optional()
      .describe('Remove volumes with their data. Asked on a terminal; elsewhere it takes --yes too.'),
    yes: z.boolean().default(false).describe('Remove the volumes without asking, with --volumes.'),
    olderThan: z
      .string()
      .regex(/^\d+(?:\.\d+)?(?:ms|s|m|h|d|w)$/, 'is no time span: 7d, 12h, 2w')
      .optional()
      .describe('Keep containers that are younger, and remove built images that are older: 7d.'),
    dryRun: z.boolean().default(false).describe('Show what would go, and how much it is; remove nothing.'),
    json: z.boolean().default(false).describe('Print one JSON document, and ask nothing.'),
  })
  .describe('Removes what the platform left in the engine: containers, networks, volumes, images.');

export type CleanupOptions = z.infer<typeof cleanupOptions>;

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of a time span such as `7d`. */
export function milliseconds(span: string | undefined): number | undefined {
  const [, amount, unit = ''] = /^([\d.]+)([a-z]+)$/.exec(span ?? '') ?? [];
  return amount === undefined ? undefined : Number(amount) * (units[unit] ?? NaN);
}
