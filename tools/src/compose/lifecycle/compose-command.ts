import { explainFailure } from './explain-failure.ts';
import type { FailedCommand } from './failed-command.ts';
import type { ComposeFailure, ComposeInvocation, ComposeOutcome, ComposeStopped } from './lifecycle.ts';
import { runCompose } from './run-compose.ts';
import { withEngine } from './with-engine.ts';

type Environment = FailedCommand['environment'];

/** Which images to build or pull. */
export interface ImageOptions {
  /** All without it. */
  readonly services?: readonly string[];
}

/** Which lines of the logs to show. */
export interface LogOptions {
  readonly services?: readonly string[];
  /** Go on until the invocation is stopped. */
  readonly follow?: boolean;
  /** As the engine understands it: `10m`, `2026-05-01T12:00:00`. */
  readonly since?: string;
  /** Lines of each container. */
  readonly tail?: number;
}

/** Builds the images of an environment. */
export function buildImages(
  environment: Environment,
  { services = [] }: ImageOptions,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  return composeCommand(environment, ['build', ...services], invocation);
}

/** Pulls the images of an environment; those that are built here are left out where compose can. */
export function pullImages(
  environment: Environment,
  { services = [] }: ImageOptions,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  return composeCommand(environment, ['pull', ...services], invocation);
}

/** Shows what the containers of an environment wrote. */
export function showLogs(
  environment: Environment,
  { services = [], follow = false, since, tail }: LogOptions,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const options = [
    ...(follow ? ['--follow'] : []),
    ...(since === undefined ? [] : [`--since=${since}`]),
    ...(tail === undefined ? [] : [`--tail=${tail}`]),
  ];
  return composeCommand(environment, ['logs', ...options, ...services], invocation);
}

/** The compose file of an environment as compose understands it; Compose v1 has YAML only. */
export async function readConfig(
  environment: Environment,
  { json = false }: { readonly json?: boolean },
  invocation: ComposeInvocation,
): Promise<{ readonly kind: 'done'; readonly text: string } | ComposeFailure | ComposeStopped> {
  let text = '';
  const collecting: ComposeInvocation = {
    ...invocation,
    onOutput: (chunk, stream) => {
      if (stream === 'stdout') text += Buffer.from(chunk).toString();
    },
  };
  const outcome = await composeCommand(
    environment,
    ['config', ...(json ? ['--format', 'json'] : [])],
    collecting,
  );
  return outcome.kind === 'done' ? { kind: 'done', text } : outcome;
}

/** Runs one compose command that changes no containers; says why when it fails. */
export function composeCommand(
  environment: Environment,
  args: readonly [string, ...string[]],
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  return withEngine<ComposeOutcome>(invocation, async (engine) => {
    const outcome = await runCompose(engine, environment, args, invocation);
    if (outcome.kind === 'exited' && outcome.code === 0) return { kind: 'done', code: 0 };
    return explainFailure({ engine, environment, invocation, command: args[0], outcome });
  });
}
