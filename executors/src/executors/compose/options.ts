import { z } from 'zod';

/** What the executor `@switchyard/executors:compose` takes. */
export const composeOptions = z
  .looseObject({
    command: z
      .enum(['up', 'down', 'restart', 'build', 'logs', 'ps', 'config', 'pull'])
      .describe('What to do with the environment.'),
    environment: z
      .string()
      .min(1)
      .optional()
      .describe('The environment: dev, test, ci. By default that of the configuration, else dev.'),
    services: z
      .union([z.string().min(1), z.array(z.string().min(1))])
      .optional()
      .describe('Only these services, as a list or with commas between them. All by default.'),
    detach: z
      .boolean()
      .default(false)
      .describe('up: end when everything is ready, and leave the environment up.'),
    build: z.boolean().default(false).describe('up: build images first.'),
    volumes: z.boolean().default(false).describe('down: remove named volumes too, with the data in them.'),
    follow: z.boolean().default(false).describe('logs: go on until it is stopped.'),
    since: z
      .string()
      .optional()
      .describe('logs: from when on: 10m, 2h, or a time such as 2026-01-31T08:00:00.'),
    tail: z
      .union([z.number().int().nonnegative(), z.string()])
      .optional()
      .describe('logs: how many lines of each container, or all.'),
    timeout: z
      .union([z.string(), z.number().positive()])
      .optional()
      .describe(
        'up: how long it may take until everything is ready, 5m by default. down and restart: how long containers have to stop. 10m, 90s, 500ms, or seconds.',
      ),
    json: z.boolean().default(false).describe('ps and config: one JSON document.'),
    dryRun: z.boolean().default(false).describe('Show the command that would run, and do nothing.'),
    verbose: z.boolean().optional().describe('Accepted because nx passes it on; it changes nothing.'),
    _: z
      .array(z.union([z.string(), z.number()]))
      .optional()
      .meta({ hidden: true })
      .describe('Services, as plain words.'),
  })
  .describe(
    'Brings a compose environment of the project up or down, shows its logs and state, builds its images.',
  );

export type ComposeOptions = z.infer<typeof composeOptions>;
