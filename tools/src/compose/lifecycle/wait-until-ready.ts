import { runProgram } from '../../process/index.ts';
import type { Engine, EngineContainer } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import type { Changes } from './follow-changes.ts';
import { environmentContainers } from './environment-containers.ts';
import type { ServiceState } from './lifecycle.ts';
import { serviceStates } from './service-state.ts';

/** What to wait for. */
export interface Waiting {
  readonly engine: Engine;
  readonly environment: NamedEnvironment;
  /** The services that have to be ready; those without a container do not count. */
  readonly services: ReadonlySet<string>;
  /** The containers before anything was started. */
  readonly before: readonly EngineContainer[];
  readonly changes: Changes;
  /** By `performance.now()`. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** How the waiting ended, and how the services were then. */
export interface Waited {
  readonly kind: 'ready' | 'failed' | 'timed-out' | 'stopped';
  readonly services: readonly ServiceState[];
}

/** Milliseconds after which the engine is asked although it told of no change: some changes have no event. */
const askAgain = { docker: 2000, podman: 500 };

/** Waits until every service is ready; ends early when one cannot become ready any more. */
export async function waitUntilReady(waiting: Waiting): Promise<Waited> {
  const { engine, changes, deadline, signal } = waiting;
  for (;;) {
    const services = await countingServices(waiting);
    if (isReady(services)) return { kind: 'ready', services };
    if (hasFailed(services)) return { kind: 'failed', services };
    if (signal.aborted) return { kind: 'stopped', services };
    const left = deadline - performance.now();
    if (left <= 0) return { kind: 'timed-out', services };
    if (engine.kind === 'podman') await runHealthChecks(engine, services);
    await changes.next(Math.min(left, askAgain[engine.kind]), signal);
  }
}

/** How the services that count are now. */
export async function countingServices({
  engine,
  environment,
  services,
  before,
}: Pick<Waiting, 'engine' | 'environment' | 'services' | 'before'>): Promise<readonly ServiceState[]> {
  const { own } = await environmentContainers(engine, environment);
  return serviceStates(environment, own, { before }).filter(({ service }) => services.has(service));
}

/** Whether nothing is missing any more. */
export function isReady(services: readonly ServiceState[]): boolean {
  return services.every(({ readiness }) => ['ready', 'completed', 'absent'].includes(readiness));
}

/** Whether a service is beyond hope. */
export function hasFailed(services: readonly ServiceState[]): boolean {
  return services.some(({ readiness }) => ['failed', 'unhealthy', 'stopped'].includes(readiness));
}

/** Without systemd nobody runs the health checks of podman's containers. */
async function runHealthChecks(engine: Engine, services: readonly ServiceState[]): Promise<void> {
  const starting = services.flatMap(({ containers }) =>
    containers.filter(({ health }) => health === 'starting'),
  );
  await Promise.all(
    starting.map(({ id }) =>
      runProgram({ file: engine.program, args: ['healthcheck', 'run', id], timeout: 30_000 }),
    ),
  );
}
