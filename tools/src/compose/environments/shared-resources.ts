import type { NamedEnvironment, PublishedPort } from '../environment.ts';

/**
 * Locks for what environments cannot have at the same time: host ports (`port:5433`, `port:53/udp`) and fixed container
 * names (`container:postgres-test`) that two or more of them use. By compose project; those that share nothing are left out.
 * Of ports that follow each other the first shared one stands for all.
 */
export function sharedResources(
  environments: readonly NamedEnvironment[],
): ReadonlyMap<string, readonly string[]> {
  const locks = new Map<string, Set<string>>();
  const share = (lock: string, ...holders: readonly string[]): void => {
    for (const holder of holders) locks.set(holder, (locks.get(holder) ?? new Set()).add(lock));
  };
  const ports = environments.flatMap(({ composeProject, services }) =>
    services.flatMap((service) => service.ports.flatMap((port) => toUse(composeProject, port))),
  );
  for (const [one, other] of overlapping(ports)) {
    const suffix = one.protocol === 'tcp' ? '' : `/${one.protocol}`;
    share(`port:${Math.max(one.first, other.first)}${suffix}`, one.composeProject, other.composeProject);
  }
  const owners = new Map<string, Set<string>>();
  for (const { composeProject, services } of environments)
    for (const { containerName } of services)
      if (containerName !== undefined)
        owners.set(containerName, (owners.get(containerName) ?? new Set()).add(composeProject));
  for (const [name, holders] of owners) if (holders.size > 1) share(`container:${name}`, ...holders);
  return new Map([...locks].map(([project, names]) => [project, [...names].sort()]));
}

interface PortUse {
  readonly composeProject: string;
  readonly first: number;
  readonly last: number;
  readonly address: string;
  readonly protocol: string;
}

function toUse(composeProject: string, { host, address, protocol }: PublishedPort): readonly PortUse[] {
  return host === undefined ? [] : [{ composeProject, ...host, address, protocol }];
}

function overlapping(uses: readonly PortUse[]): readonly (readonly [PortUse, PortUse])[] {
  const pairs: (readonly [PortUse, PortUse])[] = [];
  let open: PortUse[] = [];
  for (const use of uses.toSorted((one, other) => one.first - other.first)) {
    open = open.filter(({ last }) => last >= use.first);
    for (const earlier of open) if (conflict(earlier, use)) pairs.push([earlier, use]);
    open.push(use);
  }
  return pairs;
}

const everywhere = new Set(['0.0.0.0', '::', '', '*']);

function conflict(one: PortUse, other: PortUse): boolean {
  return (
    one.composeProject !== other.composeProject &&
    one.protocol === other.protocol &&
    (one.address === other.address || everywhere.has(one.address) || everywhere.has(other.address))
  );
}
