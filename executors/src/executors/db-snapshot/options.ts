import { z } from 'zod';
import { platformOptions } from '../../platform/platform-options.ts';

const actions = ['create', 'restore', 'list', 'delete'] as const;

/** What the executor `@switchyard/executors:db-snapshot` takes. */
export const dbSnapshotOptions = z
  .strictObject({
    ...platformOptions,
    environment: z
      .string()
      .min(1)
      .optional()
      .describe('The environment; `dev` by default, and for a list all of them.'),
    action: z.enum(actions).optional().describe('What to do; `list` by default.'),
    name: z
      .string()
      .optional()
      .describe('The name of the snapshot: `before-migration`. A new one is named by the time without it.'),
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
    words: z
      .array(z.union([z.string(), z.number()]))
      .default([])
      .meta({ $default: { $source: 'unparsed' } })
      .describe('Action and name without their options: `nx db:snapshot api create before-migration`.'),
  })
  .describe('Creates, restores, lists and deletes snapshots of PostgreSQL databases.');

export type DbSnapshotOptions = z.infer<typeof dbSnapshotOptions>;

/** Action and name, from their options or from words behind the project. Throws when the words are none. */
export function readAction({ action, name, words }: DbSnapshotOptions): {
  readonly action: (typeof actions)[number];
  readonly name?: string;
} {
  const [first, second, ...others] = words.map(String).filter((word) => !word.startsWith('-'));
  const spoken = actions.find((one) => one === first);
  if ((first !== undefined && spoken === undefined) || others.length > 0)
    throw new Error(
      `db:snapshot: "${words.join(' ')}" is not understood.\nWrite an action and a name: \`create before-migration\`; actions are ${actions.join(', ')}.`,
    );
  const given = name ?? second;
  return { action: action ?? spoken ?? 'list', ...(given === undefined ? {} : { name: given }) };
}
