import { z } from 'zod';

/** What the executor `@switchyard/executors:shell` takes. */
export const shellOptions = z
  .looseObject({
    service: z
      .string()
      .min(1)
      .optional()
      .describe('The service, by its name or by what people call it: db, cache. The application by default.'),
    environment: z
      .string()
      .min(1)
      .optional()
      .describe('The environment: dev, test, ci. By default that of the configuration, else dev.'),
    command: z
      .string()
      .min(1)
      .optional()
      .describe('One command for the shell, or statement for the client of a database, instead of a prompt.'),
    user: z.string().min(1).optional().describe('Whom it runs as: a name, a uid or uid:gid.'),
    workingFolder: z.string().min(1).optional().describe('Where it runs in the container.'),
    up: z.boolean().default(true).describe('Bring the environment up first when it is not.'),
    verbose: z.boolean().optional().describe('Accepted because nx passes it on; it changes nothing.'),
    __unparsed__: z
      .array(z.string())
      .default([])
      .meta({ hidden: true, $default: { $source: 'unparsed' } })
      .describe('A program of the container and its arguments, to be run instead of a shell.'),
  })
  .describe(
    'Opens the client of a database or a cache, or a shell, in a container of a compose environment.',
  );
