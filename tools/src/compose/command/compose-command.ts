import { acquireLocks, waitingMessage } from '../../lock/index.ts';
import { findEngine } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import { explainFailure } from '../lifecycle/explain-failure.ts';
import { runCompose, type ComposeInvocation, type ComposeOutcome } from '../lifecycle/index.ts';

/** One command of compose, for an environment. */
export interface ComposeCommand {
  /** What compose is told, after the project and its files: `['restart', 'app']`. */
  readonly args: readonly [string, ...string[]];
  /** Whether it changes what others work with: then nobody uses the environment meanwhile. */
  readonly exclusive: boolean;
  /** Milliseconds that it may take. */
  readonly timeout?: number;
}

/** Runs one command of compose, and says why it failed. Stopping one that only shows something is no failure. */
export async function composeCommand(
  environment: NamedEnvironment,
  { args, exclusive, timeout }: ComposeCommand,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const found = await findEngine(invocation.environment);
  if (found.kind !== 'found')
    return { kind: 'failed', reason: 'engine', code: 1, message: `${invocation.name}: ${found.message}` };
  const { engine } = found;
  using locks = await acquireLocks({
    locks: exclusive ? [{ name: `compose:${environment.composeProject}`, mode: 'exclusive' }] : [],
    command: invocation.name,
    onWait: (name, holder) => {
      invocation.report(`${invocation.name}: ${waitingMessage(name, holder)}`);
    },
    ...(invocation.signal === undefined ? {} : { signal: invocation.signal }),
    ...(invocation.environment === undefined ? {} : { environment: invocation.environment }),
  });
  if (locks === undefined)
    return { kind: 'stopped', code: 130, message: `${invocation.name} was stopped while it waited.` };
  const limit = timeout === undefined ? {} : { timeout };
  const outcome = await runCompose(engine, environment, args, invocation, limit);
  if (outcome.kind === 'exited' && outcome.code === 0) return { kind: 'done', code: 0 };
  return await explainFailure({ engine, environment, invocation, command: args[0], outcome });
}
