import { inspectContainers, type Engine } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import type { ServiceState } from '../lifecycle/index.ts';
import { comparedAt } from '../lifecycle/compared-at.ts';
import { isUpToDate } from '../lifecycle/is-up-to-date.ts';
import { serviceStates } from '../lifecycle/service-state.ts';

/** The containers that made an environment ready when this process looked last, by compose project. */
const containersBefore = new Map<string, readonly string[]>();

/** Remembers the containers of an environment that is ready. */
export function rememberReady({ composeProject }: NamedEnvironment, services: readonly ServiceState[]): void {
  const ids = services.flatMap(({ containers }) => containers.map(({ id }) => id));
  containersBefore.set(composeProject, ids);
}

/**
 * How the services are when the same containers as before still make the environment ready: half the questions to the
 * engine that it takes to find them anew, which a batch of short commands notices. Undefined when it has to be looked at.
 */
export async function stillReady(
  engine: Engine,
  environment: NamedEnvironment,
): Promise<readonly ServiceState[] | undefined> {
  const ids = containersBefore.get(environment.composeProject);
  if (ids === undefined || ids.length === 0) return undefined;
  // That the engine fails is told when the environment is looked at.
  const containers = await inspectContainers(engine, ids).catch(() => []);
  const services = serviceStates(environment, containers);
  const isSame = containers.length === ids.length;
  return isSame && isUpToDate(environment, [], services, containers, comparedAt(environment))
    ? services
    : undefined;
}
