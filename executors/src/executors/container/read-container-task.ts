import { parseDuration } from '@switchyard/tools/make/run';
import type { ContainerCommand } from '@switchyard/tools/compose';
import { z } from 'zod';
import { followsDashes, forwardedArguments, rawOption } from '../../environment/forwarded-arguments.ts';
import { containerOptions, type ContainerOptions } from './options.ts';

/** What Nx tells about a task. */
export interface ContainerTaskRequest {
  /** The id of the task, for messages. */
  readonly name: string;
  readonly target: string;
  readonly options: unknown;
  /** The same without what the command line says. */
  readonly configured: Readonly<Record<string, unknown>>;
  /** The arguments of the nx process, where they are known. */
  readonly raw: readonly string[];
}

/** A command for a container, or why it cannot be run. */
export type ContainerTask =
  | {
      readonly kind: 'task';
      readonly command: ContainerCommand;
      readonly environment?: string;
      readonly down: boolean;
    }
  | { readonly kind: 'unusable'; readonly message: string };

/** Options that a command line may set before `--`. */
const textOptions = ['service', 'environment', 'workingFolder', 'user', 'lock', 'timeout'] as const;

/** Characters that mean something to a shell and nothing to anybody else. */
const shellCharacter = /["'`$\\|&;<>()*?[\]{}~#!\n]/;

/** Tests change what they find; other checks only look. */
const testName = /(?:^|[^a-z])(?:e2e|tests?)(?:$|[^a-z])/i;

/** Reads the options of the executor. */
export function readContainerTask(request: ContainerTaskRequest): ContainerTask {
  const { name, target, raw } = request;
  const parsed = containerOptions.safeParse(ownOptions(request));
  if (!parsed.success) return unusable(`${name}: ${z.prettifyError(parsed.error)}`);
  const options = parsed.data;
  const time = options.timeout;
  const timeout = time === undefined ? undefined : parseDuration(String(time));
  if (time !== undefined && timeout === undefined)
    return unusable(`${name}: the timeout ${time} is not a duration. Write 10m, 90s, 1h, 500ms, or seconds.`);
  const words = commandWords(options.command);
  if (typeof words === 'string') return unusable(`${name}: ${words}`);
  const own = Object.keys(containerOptions.shape);
  const [program, ...rest] = [...words, ...forwardedArguments({ passed: options.__unparsed__, raw, own })];
  if (program === undefined) return unusable(`${name}: the command is empty.`);
  return {
    kind: 'task',
    command: {
      ...place(options),
      command: [program, ...rest],
      variables: Object.fromEntries(
        Object.entries(options.variables).map(([variable, value]) => [variable, String(value)]),
      ),
      lock: options.lock ?? (testName.test(target) ? 'exclusive' : 'shared'),
      up: options.up,
      // The plugin says what the nx command wants: see its postTasksExecution.
      down: options.down ?? process.env['SWITCHYARD_DOWN'] === 'true',
      ...(timeout === undefined ? {} : { timeout }),
    },
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    down: options.down ?? false,
  };
}

function place({ service, workingFolder, user }: ContainerOptions): Partial<ContainerCommand> {
  return {
    ...(service === undefined ? {} : { service }),
    ...(workingFolder === undefined ? {} : { workingFolder }),
    ...(user === undefined ? {} : { user }),
  };
}

/** After `--` Nx takes options of the command for ours, and forgets those that stand before. */
function ownOptions({ options, configured, raw }: ContainerTaskRequest): unknown {
  const unparsed = z.object({ __unparsed__: z.array(z.string()) }).safeParse(options);
  const passed = unparsed.success ? unparsed.data.__unparsed__ : [];
  if (!followsDashes(passed, raw)) return options;
  const given = textOptions.flatMap((name) => {
    const kebab = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const value = rawOption(raw, `--${name}`, `--${kebab}`);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...configured, ...Object.fromEntries(given), __unparsed__: passed };
}

/** The words of a command, or what is wrong with it. */
function commandWords(command: string | readonly string[]): readonly string[] | string {
  if (typeof command !== 'string') return command;
  const special = shellCharacter.exec(command)?.[0];
  if (special === undefined) return command.split(/\s+/).filter(Boolean);
  return `the command ${JSON.stringify(command)} has ${JSON.stringify(special)}, which only a shell understands.\nWrite it as a list of words: ["sh", "-c", ${JSON.stringify(command)}] where it needs a shell.`;
}

function unusable(message: string): ContainerTask {
  return { kind: 'unusable', message };
}
