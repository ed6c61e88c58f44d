import { z } from 'zod';
import { platformOptions } from '../../platform/platform-options.ts';

/** What the executor `@switchyard/executors:setup` takes. */
export const setupOptions = z
  .object({
    ...platformOptions,
    environment: z.string().min(1).default('dev').describe('The environment to bring up in each project.'),
    skip: z
      .array(z.string())
      .optional()
      .describe(
        'Steps to leave out: prerequisites, submodules, env-files, keys, projects, builds, networks, environments, migrations.',
      ),
    dryRun: z.boolean().default(false).describe('Say what is missing, and change nothing.'),
    json: z.boolean().default(false).describe('Print one JSON document for programs.'),
  })
  .describe(
    'Sets a machine up for the platform: prerequisites, submodules, env files, keys, networks, environments, migrations. Safe to repeat.',
  );

export type SetupOptions = z.infer<typeof setupOptions>;
