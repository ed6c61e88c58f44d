import type { Engine, EngineContainer } from '../engine/index.ts';
import type { ComposeService, NamedEnvironment } from '../environment.ts';
import { environmentContainers } from './environment-containers.ts';
import type { ServiceState } from './lifecycle.ts';

type Readiness = ServiceState['readiness'];

/** Milliseconds that a container has to stay up after the engine restarted it, before it counts as running. */
const settleTime = 2000;

/** After so many restarts in a row a container is not expected to come up any more. */
const restartsAllowed = 3;

/** From bad to good: a service is as its worst container is. */
const worstFirst: readonly Readiness[] = [
  'failed',
  'unhealthy',
  'stopped',
  'starting',
  'absent',
  'ready',
  'completed',
];

/** Asks the engine how the services of an environment are. Throws when the engine fails. */
export async function stateOf(
  engine: Engine,
  environment: NamedEnvironment,
): Promise<readonly ServiceState[]> {
  return serviceStates(environment, (await environmentContainers(engine, environment)).own);
}

/**
 * How the services are, by what the engine knows of the containers. `before`: the containers as they were when bringing
 * up began; one that was started since and ended was not stopped by hand.
 */
export function serviceStates(
  environment: Pick<NamedEnvironment, 'services'>,
  containers: readonly EngineContainer[],
  { before, now = Date.now() }: { before?: readonly EngineContainer[]; now?: number } = {},
): readonly ServiceState[] {
  return environment.services.map((service) => {
    const own = containers.filter(({ service: name, oneOff }) => name === service.name && !oneOff);
    const found = new Set(
      own.map((container) => readinessOf(service, container, isStartedSince(container, before), now)),
    );
    const readiness = worstFirst.find((candidate) => found.has(candidate)) ?? 'absent';
    return { service: service.name, readiness, containers: own };
  });
}

function readinessOf(
  service: ComposeService,
  container: EngineContainer,
  startedNow: boolean,
  now: number,
): Readiness {
  const settling = container.restarts > 0 && now - container.startedAt < settleTime;
  const looping = container.restarts >= restartsAllowed;
  switch (container.state) {
    case 'running':
      if (container.health === 'unhealthy') return 'unhealthy';
      if (settling) return looping ? 'failed' : 'starting';
      return container.health === 'starting' ? 'starting' : 'ready';
    case 'restarting':
      return looping ? 'failed' : 'starting';
    case 'created':
      return 'starting';
    case 'paused':
    case 'removing':
      return 'stopped';
    case 'dead':
      return 'failed';
    case 'exited':
      return endedAs(service, container, startedNow);
  }
}

function isStartedSince(container: EngineContainer, before: readonly EngineContainer[] | undefined): boolean {
  if (before === undefined) return false;
  return before.find(({ id }) => id === container.id)?.startedAt !== container.startedAt;
}

/** A container that somebody stopped ended with 0 or by a signal, just like one that did its work or was killed. */
function endedAs(service: ComposeService, container: EngineContainer, startedNow: boolean): Readiness {
  if (container.exitCode === 0) return service.oneShot || startedNow ? 'completed' : 'stopped';
  const bySignal = container.exitCode === 143 || (container.exitCode === 137 && !container.outOfMemory);
  return bySignal && !startedNow ? 'stopped' : 'failed';
}
