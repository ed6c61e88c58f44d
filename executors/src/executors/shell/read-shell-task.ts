import type { ShellRequest } from '@switchyard/tools/compose';
import { z } from 'zod';
import { forwardedArguments } from '../../environment/forwarded-arguments.ts';
import { shellOptions } from './options.ts';

/** What to open, or why it cannot be. */
export type ShellTask =
  | { readonly kind: 'task'; readonly request: ShellRequest; readonly environment?: string }
  | { readonly kind: 'unusable'; readonly message: string };

/** Reads the options of the executor. `name` is what messages call the task. */
export function readShellTask(name: string, options: unknown, raw: readonly string[]): ShellTask {
  const parsed = shellOptions.safeParse(options);
  if (!parsed.success) return { kind: 'unusable', message: `${name}: ${z.prettifyError(parsed.error)}` };
  const { service, environment, command: statement, user, workingFolder, up, __unparsed__ } = parsed.data;
  const own = Object.keys(shellOptions.shape);
  const [program, ...rest] = forwardedArguments({ passed: __unparsed__, raw, own });
  return {
    kind: 'task',
    request: {
      up,
      ...(service === undefined ? {} : { service }),
      ...(user === undefined ? {} : { user }),
      ...(workingFolder === undefined ? {} : { workingFolder }),
      ...(statement === undefined ? {} : { statement }),
      ...(program === undefined ? {} : { command: [program, ...rest] }),
    },
    ...(environment === undefined ? {} : { environment }),
  };
}
