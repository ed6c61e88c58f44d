import {
  entriesOf,
  isNull,
  itemsOf,
  mappingAt,
  nullAt,
  scalarAt,
  textOf,
  type ComposeNode,
  type MappingNode,
} from './compose-node.ts';
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
export function mergeModels(base: MappingNode, over: MappingNode): MappingNode {
  return mergeMappings(base, over, (key, from, to) => {
    if (!sections.has(key)) return key === 'include' ? joined(from, to, itemKey) : to;
    return mergeMappings(from, to, (_name, one, other) =>
      key === 'services' ? mergeServices(one, other) : mergeMappings(one, other, (_key, _from, last) => last),
    );
  });
}

/** A service with what another file, or the service that extends it, says of it. */
export function mergeServices(base: ComposeNode, over: ComposeNode): ComposeNode {
  return mergeMappings(base, over, (key, from, to) => {
    const keyOf = lists[key];
    if (keyOf !== undefined) return joined(from, to, keyOf);
    switch (key) {
      case 'environment':
      case 'depends_on':
        return mergeMappings(asMapping(from), asMapping(to), (_key, one, other) =>
          one.kind === 'mapping' && other.kind === 'mapping'
            ? mergeMappings(one, other, (_k, _f, last) => last)
            : other,
        );
      case 'build':
        return mergeMappings(asBuild(from), asBuild(to), (_key, _from, last) => last);
      case 'healthcheck':
        return mergeMappings(from, to, (_key, _from, last) => last);
      default:
        return to;
    }
  });
}

type Merge = (key: string, base: ComposeNode, over: ComposeNode) => ComposeNode;

function mergeMappings(base: MappingNode, over: MappingNode, merge: Merge): MappingNode;
function mergeMappings(base: ComposeNode, over: ComposeNode, merge: Merge): ComposeNode;
function mergeMappings(base: ComposeNode, over: ComposeNode, merge: Merge): ComposeNode {
  if (over.tag === 'override') return over;
  if (over.tag === 'reset') return nullAt(over.place);
  if (isNull(over)) return base;
  if (base.kind !== 'mapping' || over.kind !== 'mapping') return over;
  const entries = new Map(base.entries);
  for (const [key, value] of over.entries) {
    const earlier = entries.get(key);
    if (value.tag === 'reset') entries.delete(key);
    else if (earlier === undefined || isNull(earlier) || value.tag === 'override') entries.set(key, value);
    else if (!isNull(value)) entries.set(key, merge(key, earlier, value));
  }
  return mappingAt(over.place, entries);
}

function joined(base: ComposeNode, over: ComposeNode, keyOf: (item: ComposeNode) => string): ComposeNode {
  const items = new Map<string, ComposeNode>();
  for (const item of [...itemsOf(base), ...itemsOf(over)]) items.set(keyOf(item), item);
  return { kind: 'sequence', items: [...items.values()], place: over.place };
}

function itemKey(item: ComposeNode): string {
  if (item.kind === 'scalar') return item.text;
  if (item.kind === 'sequence') return item.items.map(itemKey).join(' ');
  return [...item.entries]
    .map(([key, value]) => `${key}=${itemKey(value)}`)
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
