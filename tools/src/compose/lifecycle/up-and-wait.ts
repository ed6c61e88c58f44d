import type { EngineContainer } from '../engine/index.ts';
import { explainFailure } from './explain-failure.ts';
import { followChanges } from './follow-changes.ts';
import type { ComposeFailure, ComposeInvocation, ComposeStopped } from './lifecycle.ts';
import { runCompose } from './run-compose.ts';
import {
  countingServices,
  hasFailed,
  waitUntilReady,
  type Waited,
  type Waiting,
} from './wait-until-ready.ts';

/** How compose's `up` and the waiting after it ended. */
export type UpResult =
  Waited | { readonly kind: 'gave-up'; readonly failure: ComposeFailure | ComposeStopped };

/** What is brought up. */
export interface UpRequest extends Omit<Waiting, 'changes'> {
  /** What `up` is called with besides. */
  readonly args: readonly string[];
}

/** Milliseconds that compose has to say by itself why it fails, after we saw that it will. */
const lastWords = 3000;

/** What compose says when it waited for a service in vain; it may look fine again by now: a restarted one. */
const blamesService =
  /container .* is unhealthy|didn't complete successfully|exited with code|exited \(\d+\)/i;

/** Runs compose's `up -d`, then waits until every service is ready; ends early when one cannot become ready any more. */
export async function upAndWait(request: UpRequest, invocation: ComposeInvocation): Promise<UpResult> {
  const { engine, environment, args, signal } = request;
  const hopeless = new AbortController();
  let patience: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    if (patience !== undefined || !hasFailed(await countingServices(request))) return;
    patience ??= setTimeout(() => {
      hopeless.abort();
    }, lastWords);
  };
  let looking: Promise<void> | undefined;
  await using changes = followChanges(request, () => {
    // What goes wrong with the engine here is told by compose itself.
    looking = look().catch(() => undefined);
  });
  const outcome = await runCompose(engine, environment, ['up', '-d', ...args], invocation, {
    signal: AbortSignal.any([signal, hopeless.signal]),
    timeout: Math.max(1, request.deadline - performance.now()),
  });
  await looking;
  clearTimeout(patience);
  if (outcome.kind === 'exited' && outcome.code === 0) return await waitUntilReady({ ...request, changes });
  if (signal.aborted) return { kind: 'stopped', services: [] };
  const services = await countingServices(request).catch(() => []);
  const blamed = outcome.kind === 'exited' && blamesService.test(outcome.stderr) && services.length > 0;
  if (blamed || hasFailed(services)) return { kind: 'failed', services };
  if (outcome.kind === 'timed-out') return { kind: 'timed-out', services };
  return {
    kind: 'gave-up',
    failure: await explainFailure({ engine, environment, invocation, command: 'up', outcome }),
  };
}

/** Whether containers were made, started or restarted since. */
export function hasChanged(
  containers: readonly EngineContainer[],
  before: readonly EngineContainer[],
): boolean {
  return containers.some(
    ({ id, startedAt }) => before.find((known) => known.id === id)?.startedAt !== startedAt,
  );
}
