import { dirname, resolve } from 'node:path';
import {
  entriesOf,
  isNull,
  mappingAt,
  textOf,
  valueOf,
  type ComposeNode,
  type MappingNode,
} from './compose-node.ts';
import type { Lookup } from './interpolate.ts';
import { readNodes, type ModelContext } from './load-model.ts';
import { mergeServices } from './merge-nodes.ts';
import { deepest } from './reading-limits.ts';

/** With what a document is read; a file that is extended is read with the same variables. */
export interface ExtendsRequest {
  readonly lookup: Lookup;
  readonly context: ModelContext;
}

/** A document with each `extends:` of its services replaced by what is extended. */
export function resolveExtends(document: MappingNode, request: ExtendsRequest): MappingNode {
  const services = valueOf(document, 'services');
  if (services?.kind !== 'mapping') return document;
  if (!entriesOf(services).some(([, service]) => valueOf(service, 'extends') !== undefined)) return document;
  const resolver = new Resolver(request);
  const resolved = entriesOf(services).map(
    ([name, service]) => [name, resolver.resolve(name, services, service.place.file)] as const,
  );
  const whole = {
    ...mappingAt(services.place, resolved),
    ...(services.tag === undefined ? {} : { tag: services.tag }),
  };
  return mappingAt(document.place, [...document.entries, ['services', whole]]);
}

class Resolver {
  readonly #request: ExtendsRequest;
  readonly #resolved = new Map<string, ComposeNode>();
  readonly #services = new Map<string, ComposeNode | undefined>();

  constructor(request: ExtendsRequest) {
    this.#request = request;
  }

  resolve(name: string, services: MappingNode, file: string, within: readonly string[] = []): ComposeNode {
    const key = `${file}\0${name}`;
    const known = this.#resolved.get(key);
    if (known !== undefined) return known;
    const service = services.entries.get(name) ?? mappingAt(services.place, []);
    const resolved = this.#resolve(service, services, [...within, key]);
    this.#resolved.set(key, resolved);
    return resolved;
  }

  #resolve(service: ComposeNode, services: MappingNode, within: readonly string[]): ComposeNode {
    const wish = valueOf(service, 'extends');
    if (wish === undefined || service.kind !== 'mapping') return service;
    const own: ComposeNode = {
      ...service,
      entries: new Map([...service.entries].filter(([key]) => key !== 'extends')),
    };
    const { problems } = this.#request.context;
    const name = textOf(wish) ?? textOf(valueOf(wish, 'service'));
    if (name === undefined) {
      problems.add(wish.place, 'extends has to name a service');
      return own;
    }
    const path = textOf(valueOf(wish, 'file'));
    const file = path === undefined ? service.place.file : resolve(wish.place.base, path);
    if (within.includes(`${file}\0${name}`) || within.length > deepest) {
      problems.add(wish.place, `services extend each other in a circle, through ${name}`);
      return own;
    }
    const others = path === undefined ? services : this.#servicesOf(file, wish);
    const base = others?.kind === 'mapping' ? others.entries.get(name) : undefined;
    if (others?.kind !== 'mapping' || base === undefined || isNull(base)) {
      if (others !== undefined)
        problems.add(
          wish.place,
          `there is no service ${name} to be extended in ${problems.where({ file, line: 0 })}`,
        );
      return own;
    }
    return mergeServices(this.resolve(name, others, file, within), own, this.#request.context.limits);
  }

  #servicesOf(file: string, wish: ComposeNode): ComposeNode | undefined {
    if (!this.#services.has(file)) {
      const { lookup, context } = this.#request;
      const documents = readNodes(file, wish.place, dirname(file), lookup, context);
      this.#services.set(file, documents.map((document) => valueOf(document, 'services')).find(Boolean));
    }
    return this.#services.get(file);
  }
}
