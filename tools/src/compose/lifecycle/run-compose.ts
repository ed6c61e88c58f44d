import { runProgram, type ProgramOutcome } from '../../process/index.ts';
import type { Engine } from '../engine/index.ts';
import { composeArguments } from './compose-arguments.ts';
import { orphanMark } from './end-orphans.ts';
import type { ComposeInvocation, EnvironmentInUse } from './lifecycle.ts';

/** How a single compose command is run. */
export interface ComposeRun {
  /** Milliseconds after which it is ended. */
  readonly timeout?: number;
  /** Ends it, besides the invocation's own signal. */
  readonly signal?: AbortSignal;
  /** Its output is only returned; nobody sees it. */
  readonly quiet?: boolean;
}

/** Runs one compose command for an environment, in its folder and with its variables; hands its output on as it comes. */
export async function runCompose(
  engine: Engine,
  environment: EnvironmentInUse,
  args: readonly string[],
  invocation: ComposeInvocation,
  run: ComposeRun = {},
): Promise<ProgramOutcome> {
  const command = composeArguments(engine, environment);
  const signals = [invocation.signal, run.signal].filter((signal) => signal !== undefined);
  return runProgram({
    file: command.file,
    args: [...command.args, ...args],
    cwd: environment.folder,
    environment: composeEnvironment(environment, invocation),
    ...(run.timeout === undefined ? {} : { timeout: run.timeout }),
    ...(signals.length === 0 ? {} : { signal: AbortSignal.any(signals) }),
    ...(run.quiet === true ? {} : { onOutput: invocation.onOutput ?? toOurOutput }),
  });
}

/** The variables of a compose command; a file list of the caller's own shell must not join that of the environment. */
function composeEnvironment(
  environment: EnvironmentInUse,
  invocation: ComposeInvocation,
): Readonly<Record<string, string | undefined>> {
  return {
    ...(invocation.environment ?? process.env),
    ...environment.variables,
    COMPOSE_FILE: undefined,
    COMPOSE_PROJECT_NAME: undefined,
    COMPOSE_ENV_FILES: undefined,
    [orphanMark]: environment.composeProject,
  };
}

function toOurOutput(chunk: Uint8Array, stream: 'stdout' | 'stderr'): void {
  process[stream].write(chunk);
}
