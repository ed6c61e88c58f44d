/** Where a value was written, and the folder that relative paths in it start from. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly base: string;
}

/** `!reset` takes away what an earlier file said, `!override` takes its place. */
export type MergeTag = 'reset' | 'override';

/** A single value; `text` with variables put in, `raw` as it was written. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly type: 'string' | 'number' | 'boolean' | 'null';
  readonly text: string;
  readonly raw: string;
  readonly place: Place;
  readonly tag?: MergeTag;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly items: readonly ComposeNode[];
  readonly place: Place;
  readonly tag?: MergeTag;
}

export interface MappingNode {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, ComposeNode>;
  readonly place: Place;
  readonly tag?: MergeTag;
}

/** A value of a compose file. Nodes are never changed, so that many may share one. */
export type ComposeNode = ScalarNode | SequenceNode | MappingNode;

/** The value of a key; undefined where it is no mapping, has no such key, or has `null` there. */
export function valueOf(node: ComposeNode | undefined, key: string): ComposeNode | undefined {
  if (node?.kind !== 'mapping') return undefined;
  const value = node.entries.get(key);
  return value === undefined || isNull(value) ? undefined : value;
}

/** Whether somebody wrote nothing, `~` or `null`. */
export function isNull(node: ComposeNode): boolean {
  return node.kind === 'scalar' && node.type === 'null';
}

/** The text of a single value; undefined for lists, mappings and nothing. */
export function textOf(node: ComposeNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.type !== 'null' ? node.text : undefined;
}

/** The items of a list; a single value counts as a list of one. */
export function itemsOf(node: ComposeNode | undefined): readonly ComposeNode[] {
  if (node === undefined || isNull(node)) return [];
  return node.kind === 'sequence' ? node.items : [node];
}

/** The keys and values of a mapping; none for anything else. */
export function entriesOf(node: ComposeNode | undefined): readonly (readonly [string, ComposeNode])[] {
  return node?.kind === 'mapping' ? [...node.entries] : [];
}

/** How many values it holds, itself included, one level deep. */
export function sizeOf(node: ComposeNode): number {
  if (node.kind === 'scalar') return 1;
  return 1 + (node.kind === 'mapping' ? node.entries.size : node.items.length);
}

/** A mapping with these entries in the place of another node. */
export function mappingAt(place: Place, entries: Iterable<readonly [string, ComposeNode]>): MappingNode {
  return { kind: 'mapping', entries: new Map(entries), place };
}

/** A single string in the place of another node. */
export function scalarAt(place: Place, text: string): ScalarNode {
  return { kind: 'scalar', type: 'string', text, raw: text, place };
}

/** Nothing, in the place of another node. */
export function nullAt(place: Place): ScalarNode {
  return { kind: 'scalar', type: 'null', text: '', raw: '', place };
}
