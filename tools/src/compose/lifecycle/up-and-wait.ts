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
export interface UpRequest extends Omit<Waiting, 'changes' | 'deadline'> {
  /** Milliseconds that all of it may take; without it there is a limit from the start of the first container on. */
  readonly timeout?: number;
  /** What `up` is called with besides. */
  readonly args: readonly string[];
}

/** Milliseconds: the limits where none is given, before the first container starts and from then on. */
export const defaultTimeouts = { supply: 3_600_000, start: 300_000 };

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
  let deadline = performance.now() + (request.timeout ?? defaultTimeouts.supply);
  const late = new AbortController();
  let limit: NodeJS.Timeout | undefined;
  await using changes = followChanges(
    { engine, environment, deadline },
    {
      onStart: () => {
        if (request.timeout !== undefined || limit !== undefined) return;
        deadline = performance.now() + defaultTimeouts.start;
        limit = setTimeout(() => {
          late.abort();
        }, defaultTimeouts.start);
      },
      onTrouble: () => {
        // What goes wrong with the engine here is told by compose itself.
        looking = look().catch(() => undefined);
      },
    },
  );
  const outcome = await runCompose(engine, environment, ['up', '-d', ...args], invocation, {
    signal: AbortSignal.any([signal, hopeless.signal, late.signal]),
    timeout: Math.max(1, deadline - performance.now()),
  });
  await looking;
  clearTimeout(patience);
  clearTimeout(limit);
  if (outcome.kind === 'exited' && outcome.code === 0)
    return await waitUntilReady({ ...request, deadline: afterwards(deadline, request.timeout), changes });
  if (signal.aborted) return { kind: 'stopped', services: [] };
  const services = await countingServices(request).catch(() => []);
  const blamed = outcome.kind === 'exited' && blamesService.test(outcome.stderr) && services.length > 0;
  if (blamed || hasFailed(services)) return { kind: 'failed', services };
  if (outcome.kind === 'timed-out' || late.signal.aborted) return { kind: 'timed-out', services };
  return {
    kind: 'gave-up',
    failure: await explainFailure({ engine, environment, invocation, command: 'up', outcome }),
  };
}

/** Where everything ran already, no container has started, and the limit before that one still stands. */
function afterwards(deadline: number, timeout: number | undefined): number {
  return timeout === undefined ? Math.min(deadline, performance.now() + defaultTimeouts.start) : deadline;
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
