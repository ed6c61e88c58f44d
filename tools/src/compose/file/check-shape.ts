import { entriesOf, isNull, valueOf, type ComposeNode, type MappingNode } from './compose-node.ts';
import type { ProblemList } from './problem-list.ts';
import { dependenciesOf } from './to-service.ts';

/** What the values of a service have to be, where we look at them. */
const shapes: Readonly<Record<string, readonly ComposeNode['kind'][]>> = {
  image: ['scalar'],
  container_name: ['scalar'],
  build: ['scalar', 'mapping'],
  ports: ['sequence'],
  volumes: ['sequence'],
  profiles: ['sequence'],
  links: ['sequence'],
  env_file: ['scalar', 'sequence'],
  environment: ['sequence', 'mapping'],
  depends_on: ['sequence', 'mapping'],
  healthcheck: ['mapping'],
};

const words = { scalar: 'a text', sequence: 'a list', mapping: 'a mapping' } as const;

/** Tells of services that are not built as Compose has it, and of those that wait for each other. */
export function checkServices(model: MappingNode, problems: ProblemList): void {
  const services = entriesOf(valueOf(model, 'services'));
  for (const [name, service] of services) {
    if (service.kind !== 'mapping' && !isNull(service))
      problems.add(service.place, `service ${name} has to be a mapping`);
    for (const [key, node] of entriesOf(service)) {
      const kinds = shapes[key];
      if (kinds !== undefined && !isNull(node) && !kinds.includes(node.kind))
        problems.add(
          node.place,
          `${key} of service ${name} has to be ${kinds.map((kind) => words[kind]).join(' or ')}`,
        );
    }
  }
  const circle = findCircle(new Map(services.map(([name, service]) => [name, dependenciesOf(service)])));
  if (circle !== undefined) problems.add(model.place, `services wait for each other: ${circle.join(' -> ')}`);
}

/** The first circle among dependencies, by a walk that does not call itself. */
function findCircle(dependencies: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of dependencies.keys()) {
    const path: { name: string; next: number }[] = [{ name: start, next: 0 }];
    const open = new Set([start]);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const needed = done.has(top.name) ? undefined : dependencies.get(top.name)?.[top.next];
      top.next += 1;
      if (needed === undefined) {
        done.add(top.name);
        open.delete(top.name);
        path.pop();
      } else if (open.has(needed)) {
        const names = path.map(({ name }) => name);
        return [...names.slice(names.indexOf(needed)), needed];
      } else {
        open.add(needed);
        path.push({ name: needed, next: 0 });
      }
    }
  }
  return undefined;
}
