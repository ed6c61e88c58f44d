import { existsSync } from 'node:fs';
import type { Engine } from '../engine/index.ts';
import { explainFailure } from './explain-failure.ts';
import type { ComposeInvocation, ComposeOutcome, EnvironmentInUse } from './lifecycle.ts';
import { leftovers, removeLeftovers } from './leftovers.ts';
import { runCompose } from './run-compose.ts';

/** How to take an environment down. */
export interface DownOptions {
  /** Remove its named volumes too. */
  readonly volumes?: boolean;
  /** Milliseconds that containers have to stop before they are killed; as their files say without it. */
  readonly timeout?: number;
}

/**
 * Removes an environment from the engine: containers and networks, and volumes when asked. Works without its files too:
 * then whatever carries its name in the engine is removed, volumes excepted. Call it under the lock of the environment.
 */
export async function removeEnvironment(
  engine: Engine,
  environment: EnvironmentInUse,
  options: DownOptions,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  if (![environment.folder, ...environment.files].every((path) => existsSync(path)))
    return removeRest(engine, environment, options, invocation);
  const args = [
    'down',
    '--remove-orphans',
    ...(options.volumes === true ? ['--volumes'] : []),
    ...(options.timeout === undefined ? [] : ['-t', String(Math.ceil(options.timeout / 1000))]),
  ];
  const outcome = await runCompose(engine, environment, args, invocation);
  if (outcome.kind === 'stopped' || outcome.kind === 'missing')
    return explainFailure({ engine, environment, invocation, command: 'down', outcome });
  if (outcome.kind !== 'exited' || outcome.code !== 0)
    invocation.report(
      `${invocation.name}: compose could not take ${environment.composeProject} down; what carries its name is removed`,
    );
  return removeRest(engine, environment, options, invocation);
}

/** Compose says that it is done when a container could not be removed, and cannot do anything with a broken file. */
async function removeRest(
  engine: Engine,
  environment: EnvironmentInUse,
  options: DownOptions,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const left = await leftovers(engine, environment.composeProject);
  if (left.containers.length + left.networks.length === 0) return { kind: 'done', code: 0 };
  const problem = await removeLeftovers(engine, left, options.timeout);
  if (problem === undefined) return { kind: 'done', code: 0 };
  return {
    kind: 'failed',
    reason: 'other',
    code: 1,
    message: `${invocation.name}: something of ${environment.composeProject} could not be removed: ${problem}`,
  };
}
