import { z } from 'zod';

/** What the executor `@switchyard/executors:make` takes. Upper-case options beside these become make variables. */
export const makeOptions = z
  .looseObject({
    target: z.string().min(1).describe('The make target to run.'),
    makefile: z
      .string()
      .min(1)
      .optional()
      .describe('The makefile, when it is not the one that make finds by itself.'),
    folder: z
      .string()
      .optional()
      .describe('Where make runs, relative to the workspace. The root of the project by default.'),
    upToDate: z
      .array(z.string())
      .default([])
      .describe(
        'Prerequisites that make takes as up to date (make -o), because other tasks ran them before.',
      ),
    preparations: z
      .array(z.string())
      .default([])
      .describe(
        'Targets to run first, in order, each once per nx run, and only when this task is not restored from cache.',
      ),
    environments: z
      .array(z.string().regex(/=/))
      .default([])
      .describe(
        'The compose environments that preparations bring up, as dev-up=dev: cleaned up when that is interrupted.',
      ),
    locks: z
      .array(z.string())
      .default([])
      .describe(
        'Locks to hold while it runs: db (nobody else has it), cache:shared (others may share it). They are of the machine; those that begin with ./ or ../ are paths, relative to the folder, and so of one checkout.',
      ),
    variables: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .default({})
      .describe('Make variables by name. Values are literal: a $ stays a $.'),
    timeout: z
      .union([z.string(), z.number().positive()])
      .optional()
      .describe('How long the recipe may take: 10m, 90s, 1h, 500ms, or seconds.'),
    dryRun: z.boolean().default(false).describe('Show what make would do, and do nothing.'),
    down: z
      .boolean()
      .optional()
      .describe('Take down at the end of the run what was brought up for its tasks. Always when CI is set.'),
    verbose: z.boolean().optional().describe('Accepted because nx passes it on; it changes nothing.'),
  })
  .describe('Runs a make target.');

export type MakeOptions = z.infer<typeof makeOptions>;
