import {
  entriesOf,
  isNull,
  itemsOf,
  mappingAt,
  nullAt,
  scalarAt,
  sizeOf,
  textOf,
  type ComposeNode,
  type MappingNode,
} from './compose-node.ts';
import type { ReadingLimits } from './reading-limits.ts';
import { mountTarget } from './volume-text.ts';

/** Sections in which names are merged one by one. */
const sections = new Set(['services', 'networks', 'volumes', 'configs', 'secrets']);

/** Lists whose entries are added; an entry with the same key takes the place of the earlier one. */
const lists: Readonly<Record<string, (item: ComposeNode) => string>> = {
  ports: itemKey,
  volumes: (item) =>
    textOf(item) === undefined
      ? (textOf(entry(item, 'target')) ?? itemKey(item))
      : mountTarget(textOf(item) ?? ''),
  env_file: itemKey,
  profiles: itemKey,
  links: itemKey,
  volumes_from: itemKey,
  configs: itemKey,
  secrets: itemKey,
};

/** Two files of one compose project as one: what `docker compose -f base -f over` makes of them. */
export function mergeModels(base: MappingNode, over: MappingNode, limits: ReadingLimits): MappingNode {
  return new Merger(limits).models(base, over);
}

/** A service with what another file, or the service that extends it, says of it. */
export function mergeServices(base: ComposeNode, over: ComposeNode, limits: ReadingLimits): ComposeNode {
  return new Merger(limits).services(base, over);
}

type Merge = (key: string, base: ComposeNode, over: ComposeNode) => ComposeNode;

const takeLast: Merge = (_key, _base, over) => over;

/** Whatever is copied is paid for: a small file may have a large mapping merged a thousand times. */
class Merger {
  readonly #limits: ReadingLimits;

  constructor(limits: ReadingLimits) {
    this.#limits = limits;
  }

  models(base: MappingNode, over: MappingNode): MappingNode {
    return this.#mappings(base, over, (key, from, to) => {
      if (!sections.has(key)) return key === 'include' ? this.#lists(from, to, itemKey) : to;
      return this.#either(from, to, (_name, one, other) =>
        key === 'services' ? this.services(one, other) : this.#either(one, other, takeLast),
      );
    });
  }

  services(base: ComposeNode, over: ComposeNode): ComposeNode {
    return this.#either(base, over, (key, from, to) => {
      const keyOf = lists[key];
      if (keyOf !== undefined) return this.#lists(from, to, keyOf);
      switch (key) {
        case 'environment':
          return this.#environments(asMapping(from), asMapping(to));
        case 'depends_on':
          return this.#either(asMapping(from), asMapping(to), (_name, one, other) =>
            this.#either(one, other, takeLast),
          );
        case 'build':
          return this.#either(asBuild(from), asBuild(to), takeLast);
        case 'healthcheck':
          return this.#either(from, to, takeLast);
        default:
          return to;
      }
    });
  }

  /** Here a variable without a value says something: it is taken from outside. */
  #environments(base: ComposeNode, over: ComposeNode): ComposeNode {
    if (base.kind !== 'mapping' || over.kind !== 'mapping' || over.tag !== undefined)
      return this.#either(base, over, takeLast);
    this.#limits.spendNodes(base.entries.size + over.entries.size);
    const entries = new Map([...base.entries, ...over.entries]);
    for (const [key, { tag }] of over.entries) if (tag === 'reset') entries.delete(key);
    return mappingAt(over.place, entries);
  }

  #either(base: ComposeNode, over: ComposeNode, merge: Merge): ComposeNode {
    if (over.tag === 'override') return over;
    if (over.tag === 'reset') return nullAt(over.place);
    if (isNull(over)) return base;
    return base.kind === 'mapping' && over.kind === 'mapping' ? this.#mappings(base, over, merge) : over;
  }

  #mappings(base: MappingNode, over: MappingNode, merge: Merge): MappingNode {
    this.#limits.spendNodes(base.entries.size + over.entries.size);
    const entries = new Map(base.entries);
    for (const [key, value] of over.entries) {
      const earlier = entries.get(key);
      if (value.tag === 'reset') entries.delete(key);
      else if (earlier === undefined || isNull(earlier) || value.tag === 'override') entries.set(key, value);
      else if (!isNull(value)) entries.set(key, merge(key, earlier, value));
    }
    return mappingAt(over.place, entries);
  }

  #lists(base: ComposeNode, over: ComposeNode, keyOf: (item: ComposeNode) => string): ComposeNode {
    const items = new Map<string, ComposeNode>();
    for (const item of [...itemsOf(base), ...itemsOf(over)]) {
      this.#limits.spendNodes(sizeOf(item));
      items.set(keyOf(item), item);
    }
    return { kind: 'sequence', items: [...items.values()], place: over.place };
  }
}

/** A text that two items have in common when they say the same. It looks one level deep, whatever aliases hide below. */
export function itemKey(item: ComposeNode): string {
  const short = (node: ComposeNode): string =>
    node.kind === 'scalar' ? node.text : `@${node.place.file}:${node.place.line}`;
  if (item.kind !== 'mapping') return short(item);
  return [...item.entries]
    .map(([key, value]) => `${key}=${short(value)}`)
    .sort()
    .join(' ');
}

function entry(item: ComposeNode, key: string): ComposeNode | undefined {
  return item.kind === 'mapping' ? item.entries.get(key) : undefined;
}

/** `[A=1, B]` as `{A: 1, B: null}`. */
export function asMapping(node: ComposeNode): ComposeNode {
  if (node.kind !== 'sequence') return node;
  return mappingAt(
    node.place,
    node.items.flatMap((item) => {
      const text = textOf(item);
      if (item.kind !== 'scalar' || text === undefined) return [];
      const equals = text.indexOf('=');
      return equals === -1
        ? [[text, nullAt(item.place)] as const]
        : [[text.slice(0, equals), scalarAt(item.place, text.slice(equals + 1))] as const];
    }),
  );
}

/** `build: folder` as `build: {context: folder}`. */
export function asBuild(node: ComposeNode): ComposeNode {
  return node.kind === 'scalar' && !isNull(node) ? mappingAt(node.place, [['context', node]]) : node;
}

/** Names of the entries that a list or a mapping has. */
export function namesOf(node: ComposeNode | undefined): readonly string[] {
  if (node?.kind === 'sequence') return node.items.flatMap((item) => textOf(item) ?? []);
  return entriesOf(node).map(([key]) => key);
}
