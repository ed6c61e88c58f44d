import { z } from 'zod';
import { platformOptions } from '../../platform/platform-options.ts';

/** Where Nx takes an option from when it is given by its place: `nx db:snapshot api create before-migration`. */
const word = (index: number): Record<string, unknown> => ({ $default: { $source: 'argv', index } });

/** What the executor `@switchyard/executors:db-snapshot` takes. */
export const dbSnapshotOptions = z
  .strictObject({
    ...platformOptions,
    environment: z
      .string()
      .min(1)
      .optional()
      .describe('The environment; `dev` by default, and for a list all of them.'),
    action: z
      .enum(['create', 'restore', 'list', 'delete'])
      .default('list')
      .meta(word(0))
      .describe('What to do; also as the first word behind the project.'),
    name: z
      // Nx makes a number of the word 2026.
      .union([z.string(), z.number().transform(String)])
      .optional()
      .meta(word(1))
      .describe(
        'The name of the snapshot: `before-migration`. Also as the second word. A new one is named by the time without it.',
      ),
    service: z.string().min(1).optional().describe('The PostgreSQL service, where there are several.'),
    database: z
      .string()
      .min(1)
      .optional()
      .describe('The database; by default that which its container was told to make (POSTGRES_DB).'),
    from: z
      .string()
      .min(1)
      .optional()
      .describe(
        'restore: the environment whose snapshot it is, when it is another one: `--from=dev -c test`.',
      ),
    replace: z.boolean().default(false).describe('create: take the place of the snapshot of this name.'),
    yes: z.boolean().default(false).describe('restore: replace the data without asking.'),
    dryRun: z.boolean().default(false).describe('Say what would be done, and change nothing.'),
    up: z.boolean().default(false).describe('Bring the service up when it is down.'),
    json: z.boolean().default(false).describe('Print one JSON document for programs.'),
  })
  .describe('Creates, restores, lists and deletes snapshots of PostgreSQL databases.');

export type DbSnapshotOptions = z.infer<typeof dbSnapshotOptions>;
