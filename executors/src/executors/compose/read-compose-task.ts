import { closeNames } from '@switchyard/tools/close-names';
import type { ComposeRequest } from '@switchyard/tools/compose';
import { parseDuration } from '@switchyard/tools/make/run';
import { z } from 'zod';
import { composeOptions } from './options.ts';

/** What is asked of an environment, or why it cannot be done. */
export type ComposeTask =
  | {
      readonly kind: 'task';
      readonly request: ComposeRequest;
      readonly environment?: string;
      readonly detach: boolean;
      readonly json: boolean;
      readonly dryRun: boolean;
    }
  | { readonly kind: 'unusable'; readonly message: string };

/** What Nx adds to the options by itself. */
const fromNx = new Set(['__unparsed__', '__overrides_unparsed__']);

/** Reads the options of the executor. `name` is what messages call the task. */
export function readComposeTask(name: string, options: unknown): ComposeTask {
  const parsed = composeOptions.safeParse(options);
  if (!parsed.success) return unusable(`${name}: ${z.prettifyError(parsed.error)}`);
  const known = Object.keys(composeOptions.shape);
  const unknown = Object.keys(parsed.data).find((option) => !known.includes(option) && !fromNx.has(option));
  if (unknown !== undefined) {
    const close = closeNames(unknown, known).map((option) => `--${option}`);
    const question = close.length === 0 ? '' : ` Did you mean ${close.join(' or ')}?`;
    return unusable(`${name} does not know the option --${unknown}.${question}`);
  }
  const { command, services, since, tail, timeout: time, environment, _: words = [], ...rest } = parsed.data;
  const timeout = time === undefined ? undefined : parseDuration(String(time));
  if (time !== undefined && timeout === undefined)
    return unusable(`${name}: the timeout ${time} is not a duration. Write 10m, 90s, 1h, 500ms, or seconds.`);
  const named = typeof services === 'string' ? services.split(',') : (services ?? []);
  return {
    kind: 'task',
    request: {
      command,
      services: [...named, ...words.map(String)].map((service) => service.trim()).filter(Boolean),
      build: rest.build,
      volumes: rest.volumes,
      follow: rest.follow,
      ...(since === undefined ? {} : { since }),
      ...(tail === undefined ? {} : { tail: String(tail) }),
      ...(timeout === undefined ? {} : { timeout }),
    },
    ...(environment === undefined ? {} : { environment }),
    detach: rest.detach,
    json: rest.json,
    dryRun: rest.dryRun || (process.env['SWITCHYARD_DRY_RUN'] ?? '') !== '',
  };
}

function unusable(message: string): ComposeTask {
  return { kind: 'unusable', message };
}
