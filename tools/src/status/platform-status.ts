import type { Engine, EngineContainer } from '../compose/index.ts';
import {
  listPlatformContainers,
  type OwnContainer,
  type Platform,
  type PlatformFilter,
} from '../platform/index.ts';
import { measureUse } from './container-use.ts';
import { routeHosts } from './route-hosts.ts';
import type { ContainerUse, StatusReport, StatusRow } from './status-report.ts';

/** What to ask for. */
export interface StatusRequest {
  /** The selected part of the platform. */
  readonly environments: Platform['environments'];
  readonly services?: PlatformFilter['services'];
  /** Whether to measure CPU and memory, which takes the engine one or two seconds. */
  readonly measure: boolean;
}

/** Every container of the platform and how it is. Throws when the engine fails. */
export async function platformStatus(engine: Engine, request: StatusRequest): Promise<StatusReport> {
  const { own, foreign } = await listPlatformContainers(engine, request);
  const shown = own.filter(({ service }) => isWanted(service, request.services));
  const running = shown.filter(({ state }) => state === 'running').map(({ id }) => id);
  const uses = request.measure ? await measureUse(engine, running) : new Map<string, ContainerUse>();
  return statusReport(request.environments, shown, foreign, uses);
}

/** The same of what is known already. */
export function statusReport(
  environments: Platform['environments'],
  shown: readonly OwnContainer[],
  foreign: readonly EngineContainer[],
  uses: ReadonlyMap<string, ContainerUse>,
  now = Date.now(),
): StatusReport {
  const rows = shown.map((container) => toRow(container, uses, now));
  const up = new Set(shown.map(({ composeProject }) => composeProject));
  const elsewhere = new Map(
    foreign.map(({ composeProject, workingFolder }) => [
      `${composeProject}\n${workingFolder}`,
      { composeProject, folder: workingFolder },
    ]),
  );
  return {
    containers: rows.sort(inOrder),
    down: environments
      .filter(({ composeProject }) => !up.has(composeProject))
      .map(({ project, name }) => ({ project, environment: name })),
    elsewhere: [...elsewhere.values()],
  };
}

function toRow(container: OwnContainer, uses: ReadonlyMap<string, ContainerUse>, now: number): StatusRow {
  const { environment, state, startedAt, createdAt } = container;
  const use = [...uses].find(([id]) => container.id.startsWith(id))?.[1];
  return {
    project: environment.project,
    environment: environment.name,
    service: container.service,
    container: container.name,
    id: container.id,
    state,
    health: container.health,
    exitCode: container.exitCode,
    restarts: container.restarts,
    ports: publishedPorts(container),
    hosts: routeHosts(container.labels),
    age: Math.max(0, now - (state === 'running' && startedAt > 0 ? startedAt : createdAt)),
    ...(use === undefined ? {} : { use }),
  };
}

/** Bound for IPv4 and IPv6 alike, a port is one port to a person. */
function publishedPorts({ ports }: EngineContainer): readonly string[] {
  const places = ports.map(({ address, host, container, protocol }) => {
    const isLocal = ['', '0.0.0.0', '::', '127.0.0.1', '::1'].includes(address);
    const shown = isLocal ? 'localhost' : address.includes(':') ? `[${address}]` : address;
    return `${shown}:${host}->${container}${protocol === 'tcp' ? '' : `/${protocol}`}`;
  });
  return [...new Set(places)];
}

function inOrder(one: StatusRow, other: StatusRow): number {
  return (
    one.project.localeCompare(other.project) ||
    one.environment.localeCompare(other.environment) ||
    one.service.localeCompare(other.service) ||
    one.container.localeCompare(other.container, undefined, { numeric: true })
  );
}

function isWanted(service: string, services: PlatformFilter['services']): boolean {
  return services === undefined || services.length === 0 || services.includes(service);
}
