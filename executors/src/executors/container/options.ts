import { z } from 'zod';

/** What the executor `@switchyard/executors:container` takes. */
export const containerOptions = z
  .looseObject({
    command: z
      .union([z.string().min(1), z.array(z.string()).min(1)])
      .describe(
        'The program and its arguments, as a list. A plain string is split at blanks; no shell reads it.',
      ),
    service: z
      .string()
      .min(1)
      .optional()
      .describe(
        'The service to run in. By default the one named like the project or app, else the one that is built here, else the first application.',
      ),
    environment: z
      .string()
      .min(1)
      .optional()
      .describe('The environment: dev, test, ci. By default that of the configuration, else dev.'),
    workingFolder: z.string().min(1).optional().describe('Where the command runs in the container.'),
    user: z.string().min(1).optional().describe('Whom the command runs as: a name, a uid or uid:gid.'),
    variables: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .default({})
      .describe('Environment variables of the command.'),
    lock: z
      .enum(['shared', 'exclusive'])
      .optional()
      .describe(
        'Whether other commands may use the environment at the same time. By default tests have it for themselves.',
      ),
    up: z.boolean().default(true).describe('Bring the environment up first when it is not.'),
    down: z
      .boolean()
      .optional()
      .describe(
        'Take the environment down afterwards when it was brought up for the tasks of this run. Always when CI is set.',
      ),
    timeout: z
      .union([z.string(), z.number().positive()])
      .optional()
      .describe('How long the command may take: 10m, 90s, 1h, 500ms, or seconds.'),
    verbose: z.boolean().optional().describe('Accepted because nx passes it on; it changes nothing.'),
    __unparsed__: z
      .array(z.string())
      .default([])
      .meta({ hidden: true, $default: { $source: 'unparsed' } })
      .describe('Arguments of the nx command, which are added to the command.'),
  })
  .describe('Runs a command in a container of a compose environment, which is brought up when it is not.');

export type ContainerOptions = z.infer<typeof containerOptions>;
