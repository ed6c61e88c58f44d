import { statSync } from 'node:fs';
import { findEngine, type EngineContainer } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import { describeUnready } from './describe-unready.ts';
import { explainFailure, stopped } from './explain-failure.ts';
import { followChanges } from './follow-changes.ts';
import type { ComposeInvocation, UpOutcome } from './lifecycle.ts';
import { neededServices } from './needed-services.ts';
import { runCompose } from './run-compose.ts';
import { projectContainers, serviceStates } from './service-state.ts';
import {
  countingServices,
  hasFailed,
  waitUntilReady,
  type Waited,
  type Waiting,
} from './wait-until-ready.ts';

/** What to bring up, and how. */
export interface UpOptions {
  /** Only these and what they depend on; all without it. */
  readonly services?: readonly string[];
  /** Build images before. */
  readonly build?: boolean;
  /** Milliseconds until everything has to be ready; 5 minutes by default. */
  readonly timeout?: number;
  /** It is needed for a task: left alone when it is up, and perhaps taken down at the end of the run. */
  readonly preparation?: boolean;
}

const defaultTimeout = 300_000;

/** Milliseconds that compose has to say by itself why it fails, after we saw that it will. */
const lastWords = 3000;

/** What compose says when it waited for a service in vain; it may look fine again by now: a restarted one. */
const blamesService =
  /container .* is unhealthy|didn't complete successfully|exited with code|exited \(\d+\)/i;

/** Brings an environment up and waits until all of it is ready. What is up already stays as it is. */
export async function bringUp(
  environment: NamedEnvironment,
  options: UpOptions,
  invocation: ComposeInvocation,
): Promise<UpOutcome> {
  const started = performance.now();
  const found = await findEngine(invocation.environment);
  if (found.kind !== 'found')
    return { kind: 'failed', reason: 'engine', code: 1, message: `${invocation.name}: ${found.message}` };
  const { engine } = found;
  const before = await projectContainers(engine, environment.composeProject);
  const services = neededServices(environment, options.services ?? []);
  if (options.preparation === true) {
    const states = serviceStates(environment, before).filter(({ service }) => services.has(service));
    if (isUpToDate(environment, options, states, before))
      return { kind: 'ready', services: states, milliseconds: performance.now() - started, changed: false };
  }
  const limit = options.timeout ?? defaultTimeout;
  const request = { engine, environment, services, before, deadline: started + limit };
  const waited = await upAndWait(request, options, invocation);
  if (waited.kind === 'gave-up') return waited.failure;
  if (waited.kind === 'ready') {
    const changed = waited.services.some(({ containers }) =>
      containers.some(
        ({ id, startedAt }) => before.find((known) => known.id === id)?.startedAt !== startedAt,
      ),
    );
    return {
      kind: 'ready',
      services: waited.services,
      milliseconds: performance.now() - started,
      changed,
    };
  }
  return describe(waited, request, limit, invocation);
}

type Request = Omit<Waiting, 'changes' | 'signal'>;
type Result = Waited | { readonly kind: 'gave-up'; readonly failure: UpOutcome };

async function upAndWait(
  request: Request,
  options: UpOptions,
  invocation: ComposeInvocation,
): Promise<Result> {
  const { engine, environment } = request;
  const hopeless = new AbortController();
  let patience: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    if (patience !== undefined || !hasFailed(await countingServices(request))) return;
    patience ??= setTimeout(() => {
      hopeless.abort();
    }, lastWords);
  };
  let looking: Promise<void> | undefined;
  await using changes = followChanges(engine, environment.composeProject, () => {
    // What goes wrong with the engine here is told by compose itself.
    looking = look().catch(() => undefined);
  });
  const args = ['up', '-d', ...(options.build === true ? ['--build'] : []), ...(options.services ?? [])];
  const outcome = await runCompose(engine, environment, args, invocation, {
    signal: hopeless.signal,
    timeout: Math.max(1, request.deadline - performance.now()),
  });
  await looking;
  clearTimeout(patience);
  const signal = invocation.signal ?? new AbortController().signal;
  if (outcome.kind === 'exited' && outcome.code === 0) return waitUntilReady({ ...request, changes, signal });
  const isStopped = outcome.kind === 'stopped' && !hopeless.signal.aborted;
  if (!isStopped) {
    const services = await countingServices(request);
    const blamed = outcome.kind === 'exited' && blamesService.test(outcome.stderr);
    if (blamed || hasFailed(services)) return { kind: 'failed', services };
    if (outcome.kind === 'timed-out') return { kind: 'timed-out', services };
  }
  return {
    kind: 'gave-up',
    failure: await explainFailure({ engine, environment, invocation, command: 'up', outcome }),
  };
}

async function describe(
  waited: Waited,
  { engine, environment }: Request,
  limit: number,
  invocation: ComposeInvocation,
): Promise<UpOutcome> {
  if (waited.kind === 'stopped') return stopped(invocation, 'up');
  const why = await describeUnready(engine, environment, waited.services);
  const late = waited.kind === 'timed-out' ? `not ready within ${limit / 1000} s. ` : '';
  const command = `nx compose:logs ${environment.project} -c ${environment.name}`;
  return {
    kind: 'failed',
    reason: waited.kind === 'timed-out' ? 'timed-out' : 'unhealthy',
    code: 1,
    message: `${invocation.name}: ${late}${why}\nSee all of it with \`${command}\`.`,
  };
}

/** Whether nothing has to be done for a task: all is ready, and made after the files were last written. */
function isUpToDate(
  environment: NamedEnvironment,
  options: UpOptions,
  states: ReturnType<typeof serviceStates>,
  containers: readonly EngineContainer[],
): boolean {
  const asked = new Set(options.services ?? []);
  const expected = states.filter(({ service }) => {
    const profiles = environment.services.find(({ name }) => name === service)?.profiles ?? [];
    return profiles.length === 0 || asked.has(service);
  });
  if (!expected.every(({ readiness }) => readiness === 'ready' || readiness === 'completed')) return false;
  if (options.build === true) return false;
  const written = Math.max(
    ...environment.files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity),
  );
  return written <= Math.min(...containers.map(({ createdAt }) => createdAt));
}
