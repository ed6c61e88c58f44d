import type { NamedEnvironment } from '../environment.ts';

/**
 * The names of the services that are brought up: those asked for and what they depend on, or all. Those of a profile
 * count when they are asked for only, or when they have a container.
 */
export function neededServices(
  environment: Pick<NamedEnvironment, 'services'>,
  asked: readonly string[],
): ReadonlySet<string> {
  if (asked.length === 0) return new Set(environment.services.map(({ name }) => name));
  const needed = new Set<string>();
  const open = [...asked];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    const service = environment.services.find((candidate) => candidate.name === name);
    open.push(...(service?.dependsOn ?? []));
  }
  return needed;
}
