import { onStop } from '../../process/index.ts';
import type { Engine, EngineContainer } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import { bringUpLocked } from './bring-up-locked.ts';
import { comparedAt, noteComparison } from './compared-at.ts';
import {
  environmentContainers,
  refuseForeign,
  type EnvironmentContainers,
} from './environment-containers.ts';
import { lockEnvironment } from './environment-lock.ts';
import { stopped } from './explain-failure.ts';
import { isUpToDate, newestDate } from './is-up-to-date.ts';
import type { ComposeInvocation, UpOutcome } from './lifecycle.ts';
import { neededServices } from './needed-services.ts';
import { recoverAbandoned } from './recover-abandoned.ts';
import { serviceStates } from './service-state.ts';
import { withEngine } from './with-engine.ts';

/** What to bring up, and how. */
export interface UpOptions {
  /** Only these and what they depend on; all without it. */
  readonly services?: readonly string[];
  /** Build images before. */
  readonly build?: boolean;
  /**
   * Milliseconds until everything has to be ready. By default 5 minutes from the start of the first container: pulling and
   * building may take long.
   */
  readonly timeout?: number;
  /** It is needed for a task: left alone when it is up, and perhaps taken down at the end of the run. */
  readonly preparation?: boolean;
  /** A preparation is to be taken down at the end of the run, by whoever comes next if the run is killed. */
  readonly down?: boolean;
  /**
   * Called when an environment is ready that was not up before. Until it is done, the next command takes the environment down if we
   * are killed; then that is up to whoever called.
   */
  readonly whenReady?: () => Promise<void>;
}

/**
 * Brings an environment up and waits until all of it is ready. What is up already stays as it is. When it is stopped, what
 * was not there before is taken down again.
 */
export function bringUp(
  environment: NamedEnvironment,
  options: UpOptions,
  invocation: ComposeInvocation,
): Promise<UpOutcome> {
  return withEngine(invocation, (engine) => bringUpNow(engine, environment, options, invocation));
}

async function bringUpNow(
  engine: Engine,
  environment: NamedEnvironment,
  options: UpOptions,
  invocation: ComposeInvocation,
): Promise<UpOutcome> {
  const started = performance.now();
  await recoverAbandoned(invocation);
  const decide = (found: EnvironmentContainers): UpOutcome | undefined =>
    refuseForeign(environment, found, { engine, invocation }) ??
    ifUpToDate(environment, options, found.own, started);
  if (options.preparation === true) {
    const already = decide(await environmentContainers(engine, environment));
    if (already !== undefined) return already;
  }

  const stop = new AbortController();
  const signal = AbortSignal.any([
    stop.signal,
    ...(invocation.signal === undefined ? [] : [invocation.signal]),
  ]);
  const end = Promise.withResolvers<undefined>();
  const hold = onStop(() => {
    stop.abort();
    return end.promise;
  });
  try {
    using locks = await lockEnvironment(environment.composeProject, invocation, signal);
    if (locks === undefined) return stopped(invocation, 'up');
    // Somebody else may have brought it up while we waited.
    const found = await environmentContainers(engine, environment);
    const decided = decide(found);
    if (decided !== undefined) return decided;
    const date = newestDate(environment);
    const locked = { engine, environment, options, invocation, started, signal, before: found.own };
    const up = await bringUpLocked(locked);
    if (up.kind === 'ready' && options.services === undefined) noteComparison(environment, date);
    return up;
  } finally {
    end.resolve(undefined);
    hold[Symbol.dispose]();
  }
}

/** The outcome when nothing has to be done for a task. */
function ifUpToDate(
  environment: NamedEnvironment,
  options: UpOptions,
  containers: readonly EngineContainer[],
  started: number,
): UpOutcome | undefined {
  if (options.preparation !== true || options.build === true) return undefined;
  const asked = options.services ?? [];
  const needed = neededServices(environment, asked);
  const services = serviceStates(environment, containers).filter(({ service }) => needed.has(service));
  if (!isUpToDate(environment, asked, services, containers, comparedAt(environment))) return undefined;
  return { kind: 'ready', services, milliseconds: performance.now() - started, changed: false, wasUp: true };
}
