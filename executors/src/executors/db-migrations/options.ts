import { z } from 'zod';
import { platformOptions } from '../../platform/platform-options.ts';

/** What the executor `@switchyard/executors:db-migrations` takes. */
export const dbMigrationsOptions = z
  .strictObject({
    ...platformOptions,
    action: z
      .enum(['status', 'current', 'pending', 'history', 'drift'])
      .default('status')
      .meta({ $default: { $source: 'argv', index: 0 } })
      .describe('What to show; what is wrong is told with each of them.'),
    migrations: z
      .string()
      .min(1)
      .optional()
      .describe('The folder of the migrations, relative to the project, when it is none of the usual ones.'),
    service: z.string().min(1).optional().describe('The PostgreSQL service, where there are several.'),
    database: z.string().min(1).optional().describe('The database; by default POSTGRES_DB of its container.'),
    up: z.boolean().default(false).describe('Bring PostgreSQL services up that are down.'),
    check: z
      .boolean()
      .default(false)
      .describe('Fail when migrations are pending too, or when no database could be read.'),
    json: z.boolean().default(false).describe('Print one JSON document for programs.'),
  })
  .describe(
    'Shows which migrations the databases of the platform have: current, pending, history, drift between environments.',
  );

export type DbMigrationsOptions = z.infer<typeof dbMigrationsOptions>;
