import { randomBytes } from 'node:crypto';
import { listenForStop, runProgram, type ProgramOutcome } from '../../process/index.ts';
import type { Engine } from '../engine/index.ts';
import type { ComposeInvocation, ComposeOutcome } from '../lifecycle/lifecycle.ts';
import { noteCommand } from './command-notes.ts';
import { endCommand, isStillRunning, type StartedCommand } from './end-command.ts';
import { execArguments, hasTerminal, markerVariable, type ExecCommand } from './exec-command.ts';
import { commandOutcome } from './command-outcome.ts';
import { timeLimit } from './time-limit.ts';

/** The container that a command is run in. */
export interface ExecPlace {
  readonly engine: Engine;
  /** Its whole id. */
  readonly container: string;
  /** For messages. */
  readonly service: string;
}

/**
 * Runs a command in a running container, and keeps its exit code. When it is cut short (timeout, abort, Ctrl-C), the
 * command is ended in the container too, which an engine's client does not do.
 */
export async function execInContainer(
  place: ExecPlace,
  command: ExecCommand,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const { engine, container, service } = place;
  const marker = randomBytes(8).toString('hex');
  const started: StartedCommand = {
    program: engine.program,
    container,
    marker,
    ...(command.user === undefined ? {} : { user: command.user }),
    ...(hasTerminal(command) ? { terminal: true } : {}),
  };
  using stop = listenForStop();
  const note = noteCommand(started);
  const { outcome, timedOut, end } = await runClient(started, command, invocation);
  const cutShort = stop.stopped() || end !== undefined || outcome.kind !== 'exited';
  // A client that lost its terminal or got a signal itself ends with what looks like an exit code of the command.
  const isUnclear = !cutShort && (command.terminal === true || outcome.code > 128);
  const isLeft = outcome.kind !== 'missing' && (cutShort || (isUnclear && (await isStillRunning(started))));
  const ended = isLeft ? await (end ?? endCommand(started)) : 'ended';
  if (ended === 'ended') note.remove();
  else invocation.report(stillRunning(invocation.name, command, place));
  if (outcome.kind === 'exited' && outcome.code === 127)
    invocation.report(
      `${invocation.name}: ${command.command[0]} was not found in ${service}, or what it calls.`,
    );
  const stopped = stop.stopped() || invocation.signal?.aborted === true;
  const timeout = timedOut ? command.timeout : undefined;
  return commandOutcome(outcome, {
    name: invocation.name,
    stopped,
    ...(timeout === undefined ? {} : { timeout }),
  });
}

function stillRunning(name: string, command: ExecCommand, { engine, container, service }: ExecPlace): string {
  return (
    `${name}: ${command.command[0]} could not be ended in ${service}: its image has no shell, and its engine's processes are not this user's.\n` +
    `\`${engine.program} restart ${container.slice(0, 12)}\` ends it.`
  );
}

interface ClientEnd {
  readonly outcome: ProgramOutcome;
  /** How the command ended in the container, where it was cut short by us. */
  readonly end?: ReturnType<typeof endCommand>;
  readonly timedOut: boolean;
}

async function runClient(
  started: StartedCommand,
  command: ExecCommand,
  invocation: ComposeInvocation,
): Promise<ClientEnd> {
  const { options, environment } = execArguments(command);
  const interactive = command.terminal === true ? ['--interactive'] : [];
  const tty = hasTerminal(command) ? ['--tty'] : [];
  const mark = ['--env', `${markerVariable}=${started.marker}`];
  const client = new AbortController();
  let end: ReturnType<typeof endCommand> | undefined;
  // First the command: its client then shows what it still says, and ends by itself.
  const endBoth = (): void => {
    end ??= endCommand(started).finally(() => {
      client.abort();
    });
  };
  using limit = timeLimit(command.timeout, invocation.signal);
  if (limit.signal.aborted) client.abort();
  limit.signal.addEventListener('abort', endBoth, { once: true });
  try {
    const outcome = await runProgram({
      file: started.program,
      args: ['exec', ...interactive, ...tty, ...mark, ...options, started.container, ...command.command],
      environment: { ...(invocation.environment ?? process.env), ...environment },
      signal: client.signal,
      maxOutput: 0,
      ...(command.terminal === true
        ? { terminal: true }
        : invocation.onOutput === undefined
          ? { passThrough: true }
          : { onOutput: invocation.onOutput }),
    });
    return { outcome, timedOut: limit.passed(), ...(end === undefined ? {} : { end }) };
  } finally {
    limit.signal.removeEventListener('abort', endBoth);
  }
}
