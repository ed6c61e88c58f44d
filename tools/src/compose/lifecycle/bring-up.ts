import { onStop } from '../../process/index.ts';
import type { Engine } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import { bringUpLocked } from './bring-up-locked.ts';
import { comparedAt, noteComparison } from './compared-at.ts';
import { lockEnvironment } from './environment-lock.ts';
import { stopped } from './explain-failure.ts';
import { isUpToDate, newestDate } from './is-up-to-date.ts';
import type { ComposeInvocation, UpOutcome } from './lifecycle.ts';
import { neededServices } from './needed-services.ts';
import { recoverAbandoned } from './recover-abandoned.ts';
import { projectContainers, serviceStates } from './service-state.ts';
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
  const already = await ifUpToDate(engine, environment, options, started);
  if (already !== undefined) return already;

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
    const meanwhile = await ifUpToDate(engine, environment, options, started);
    if (meanwhile !== undefined) return meanwhile;
    const date = newestDate(environment);
    const up = await bringUpLocked({ engine, environment, options, invocation, started, signal });
    if (up.kind === 'ready' && options.services === undefined) noteComparison(environment, date);
    return up;
  } finally {
    end.resolve(undefined);
    hold[Symbol.dispose]();
  }
}

/** The outcome when nothing has to be done for a task. */
async function ifUpToDate(
  engine: Engine,
  environment: NamedEnvironment,
  options: UpOptions,
  started: number,
): Promise<UpOutcome | undefined> {
  if (options.preparation !== true || options.build === true) return undefined;
  const asked = options.services ?? [];
  const needed = neededServices(environment, asked);
  const containers = await projectContainers(engine, environment.composeProject);
  const services = serviceStates(environment, containers).filter(({ service }) => needed.has(service));
  if (!isUpToDate(environment, asked, services, containers, comparedAt(environment))) return undefined;
  return { kind: 'ready', services, milliseconds: performance.now() - started, changed: false };
}
