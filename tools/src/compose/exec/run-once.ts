import { randomBytes } from 'node:crypto';
import { listenForStop, runProgram } from '../../process/index.ts';
import type { Engine } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import { composeArguments, type ComposeInvocation, type ComposeOutcome } from '../lifecycle/index.ts';
import { noteCommand } from './command-notes.ts';
import { commandOutcome } from './command-outcome.ts';
import { endRun, runLabel } from './end-run.ts';
import { execArguments, hasTerminal, type ExecCommand } from './exec-command.ts';
import { timeLimit } from './time-limit.ts';

/** A service that a container is made of for a command alone. */
export interface OncePlace {
  readonly engine: Engine;
  readonly environment: NamedEnvironment;
  readonly service: string;
}

/** Runs a command in a container of its own (`compose run --rm`), which is removed however the command ends. */
export async function runOnce(
  { engine, environment, service }: OncePlace,
  command: ExecCommand,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const { composeProject } = environment;
  const started = { program: engine.program, composeProject, marker: randomBytes(8).toString('hex') };
  const { options, environment: variables } = execArguments(command);
  const { file, args } = composeArguments(engine, environment);
  using stop = listenForStop();
  using limit = timeLimit(command.timeout, invocation.signal);
  const note = noteCommand(started);
  const outcome = await runProgram({
    file,
    args: [
      ...args,
      'run',
      '--rm',
      // What it depends on is up already, or is not wanted.
      '--no-deps',
      ...(hasTerminal(command) ? [] : ['-T']),
      '--label',
      runLabel(started.marker),
      ...options,
      service,
      ...command.command,
    ],
    cwd: environment.folder,
    environment: {
      ...(invocation.environment ?? process.env),
      ...environment.variables,
      ...variables,
      COMPOSE_FILE: undefined,
      COMPOSE_PROJECT_NAME: undefined,
    },
    signal: limit.signal,
    maxOutput: 0,
    ...(command.terminal === true
      ? { terminal: true }
      : invocation.onOutput === undefined
        ? { passThrough: true }
        : { onOutput: invocation.onOutput }),
  });
  if (outcome.kind === 'missing' || (await endRun(started)) === 'ended') note.remove();
  else invocation.report(`${invocation.name}: the container of its command could not be removed.`);
  return commandOutcome(outcome, {
    name: invocation.name,
    stopped: stop.stopped() || invocation.signal?.aborted === true,
    ...(limit.passed() ? { timeout: command.timeout ?? 0 } : {}),
  });
}
