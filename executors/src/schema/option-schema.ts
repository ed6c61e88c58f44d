import { z } from 'zod';
import { initOptions } from '../generators/init/options.ts';
import { setupOptions } from '../executors/setup/options.ts';
import { composeOptions } from '../executors/compose/options.ts';
import { containerOptions } from '../executors/container/options.ts';
import { cleanupOptions } from '../executors/cleanup/options.ts';
import { dbMigrationsOptions } from '../executors/db-migrations/options.ts';
import { dbSnapshotOptions } from '../executors/db-snapshot/options.ts';
import { healthOptions } from '../executors/health/options.ts';
import { logsOptions } from '../executors/logs/options.ts';
import { makeOptions } from '../executors/make/options.ts';
import { shellOptions } from '../executors/shell/options.ts';
import { statusOptions } from '../executors/status/options.ts';

/** A `schema.json` of this package and its content, as Nx wants it; made from the zod schema beside it. */
export interface OptionSchema {
  readonly file: URL;
  readonly content: string;
}

function optionSchema(file: string, options: z.ZodType, more: Record<string, unknown>): OptionSchema {
  const schema = z.toJSONSchema(options, { io: 'input', target: 'draft-7' });
  const content = `${JSON.stringify({ ...schema, ...more }, undefined, 2)}\n`;
  return { file: new URL(file, import.meta.url), content };
}

/** All of them. */
export const optionSchemas: readonly OptionSchema[] = [
  // Upper-case options are make variables, of any name.
  optionSchema('../executors/make/schema.json', makeOptions, {
    title: 'Make executor',
    version: 2,
    additionalProperties: true,
  }),
  optionSchema('../executors/setup/schema.json', setupOptions, {
    title: 'Set the platform up',
    version: 2,
  }),
  // Nx validates nothing of what it adds itself: unknown options are found by the executor.
  optionSchema('../executors/compose/schema.json', composeOptions, {
    title: 'Compose executor',
    version: 2,
    additionalProperties: true,
  }),
  optionSchema('../executors/shell/schema.json', shellOptions, {
    title: 'Shell executor',
    version: 2,
    additionalProperties: true,
  }),
  // What is not ours is forwarded to the command.
  optionSchema('../executors/container/schema.json', containerOptions, {
    title: 'Container executor',
    version: 2,
    additionalProperties: true,
  }),
  optionSchema('../executors/cleanup/schema.json', cleanupOptions, { title: 'Cleanup', version: 2 }),
  optionSchema('../executors/health/schema.json', healthOptions, { title: 'Health', version: 2 }),
  optionSchema('../executors/status/schema.json', statusOptions, { title: 'Status', version: 2 }),
  optionSchema('../executors/logs/schema.json', logsOptions, { title: 'Logs', version: 2 }),
  optionSchema('../executors/db-snapshot/schema.json', dbSnapshotOptions, {
    title: 'Database snapshots',
    version: 2,
  }),
  optionSchema('../executors/db-migrations/schema.json', dbMigrationsOptions, {
    title: 'Database migrations',
    version: 2,
  }),
  optionSchema('../generators/init/schema.json', initOptions, {
    title: 'Register the plugin',
    $id: 'SwitchyardInit',
    cli: 'nx',
  }),
];
