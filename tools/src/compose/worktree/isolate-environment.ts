import type { ComposeEnvironment, ComposeService, PublishedPort } from '../environment.ts';
import type { WorktreeIsolation } from './find-worktree.ts';
import { reservePort, type PortOwner } from './reserve-port.ts';

/** What a worktree changes in an environment. */
export interface IsolatedEnvironment {
  readonly services: readonly ComposeService[];
  readonly variables: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/**
 * Gives an environment host ports of its own in a worktree, through the variables that they are written with. What is
 * fixed cannot be moved; then a sentence says which line to change, and how.
 */
export function isolateEnvironment(
  environment: ComposeEnvironment,
  composeProject: string,
  worktree: WorktreeIsolation,
): IsolatedEnvironment {
  const variables = new Map<string, number>();
  const problems: string[] = [];
  const move = (service: ComposeService, port: PublishedPort): PublishedPort => {
    if (port.host === undefined) return port;
    if (port.variable === undefined || port.host.first !== port.host.last) {
      problems.push(fixedPort(service, port, worktree));
      return port;
    }
    const known = variables.get(port.variable);
    const owner = { worktree: worktree.folder, composeProject, variable: port.variable };
    const own = known ?? reserve(owner, worktree);
    if (typeof own === 'string') {
      problems.push(
        `${where(port)}no port could be reserved for ${service.name} in worktree ${worktree.name}: ${own}`,
      );
      return port;
    }
    variables.set(port.variable, own);
    return { ...port, host: { first: own, last: own } };
  };
  const services = environment.services.map((service) => ({
    ...service,
    ports: service.ports.map((port) => move(service, port)),
  }));
  for (const { name, containerName } of environment.services)
    if (containerName !== undefined)
      problems.push(
        `Service ${name} has the fixed container name ${containerName}, so worktree ${worktree.name} and another one cannot have it at the same time: remove \`container_name\`.`,
      );
  return {
    services,
    variables: Object.fromEntries([...variables].map(([name, port]) => [name, String(port)])),
    problems,
  };
}

/** The port, or why there is none. */
function reserve(owner: PortOwner, worktree: WorktreeIsolation): number | string {
  try {
    return reservePort(owner, worktree.reservations) ?? 'none is free between 20000 and 29999.';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function where({ place }: PublishedPort): string {
  return place === undefined ? '' : `${place}: `;
}

function fixedPort(service: ComposeService, port: PublishedPort, worktree: WorktreeIsolation): string {
  const { host = { first: 0, last: 0 }, container } = port;
  const range = host.first === host.last ? String(host.first) : `${host.first}-${host.last}`;
  const start = `${where(port)}port ${range} of ${service.name} is fixed, so worktree ${worktree.name} and another one cannot have it at the same time`;
  if (host.first !== host.last) return `${start}: publish single ports, each through a variable.`;
  const address =
    port.address === '0.0.0.0' ? '' : `${port.address.includes(':') ? `[${port.address}]` : port.address}:`;
  const variable = `${service.name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_PORT`;
  const protocol = port.protocol === 'tcp' ? '' : `/${port.protocol}`;
  return `${start}: write "${address}\${${variable}:-${host.first}}:${container}${protocol}".`;
}
