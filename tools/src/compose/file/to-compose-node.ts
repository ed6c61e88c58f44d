import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { ComposeNode, MappingNode, MergeTag, Place, ScalarNode, SequenceNode } from './compose-node.ts';
import { interpolate, type Lookup } from './interpolate.ts';
import type { ProblemList } from './problem-list.ts';
import { deepest, type ReadingLimits } from './reading-limits.ts';
import { yamlLibrary } from './yaml-library.ts';
import type { ParsedYaml } from './yaml-text.ts';

/** For whom a parsed file is turned into nodes. */
export interface NodeContext {
  readonly file: string;
  /** Where its relative paths start from. */
  readonly base: string;
  /** Without it variables stay as they are written. */
  readonly lookup?: Lookup;
  readonly problems: ProblemList;
  readonly limits: ReadingLimits;
}

/**
 * The documents of a parsed file as nodes, with aliases, merge keys and variables resolved. An alias gives the same node
 * again, so that a file of many aliases is no larger than it looks.
 */
export function toComposeNodes(parsed: ParsedYaml, context: NodeContext): readonly ComposeNode[] {
  return parsed.documents.flatMap((document) => {
    const { contents } = document;
    if (!yamlLibrary().isNode(contents)) return [];
    return [new Converter(parsed, context).convert(contents, 0)];
  });
}

class Converter {
  readonly #parsed: ParsedYaml;
  readonly #context: NodeContext;
  readonly #anchors = new Map<string, ComposeNode>();
  readonly #yaml = yamlLibrary();

  constructor(parsed: ParsedYaml, context: NodeContext) {
    this.#parsed = parsed;
    this.#context = context;
  }

  convert(node: unknown, depth: number): ComposeNode {
    const place = this.#placeOf(node);
    this.#context.limits.spendNodes(1);
    if (depth > deepest) {
      this.#context.problems.add(place, 'it is nested too deep');
      return { kind: 'scalar', type: 'null', text: '', raw: '', place };
    }
    if (this.#yaml.isAlias(node)) {
      const found = this.#anchors.get(node.source);
      if (found !== undefined) return found;
      this.#context.problems.add(place, `no anchor &${node.source} stands before *${node.source}`);
      return { kind: 'scalar', type: 'null', text: '', raw: '', place };
    }
    const converted = this.#convertWritten(node, place, depth);
    const anchor = this.#yaml.isNode(node) && 'anchor' in node ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, converted);
    return converted;
  }

  #convertWritten(node: unknown, place: Place, depth: number): ComposeNode {
    if (this.#yaml.isMap(node)) return this.#mapping(node, place, depth);
    if (this.#yaml.isSeq(node)) return this.#sequence(node, place, depth);
    if (this.#yaml.isScalar(node)) return this.#scalar(node, place);
    return { kind: 'scalar', type: 'null', text: '', raw: '', place };
  }

  #mapping(node: YAMLMap, place: Place, depth: number): MappingNode {
    const entries = new Map<string, ComposeNode>();
    const merged: ComposeNode[] = [];
    for (const pair of node.items) {
      const key = this.#keyOf(pair);
      if (key === undefined) {
        this.#context.problems.add(place, 'a key has to be a text: write it in quotes');
        continue;
      }
      const value = this.convert(pair.value, depth + 1);
      if (key === '<<') {
        merged.push(...(value.kind === 'sequence' ? value.items : [value]));
        continue;
      }
      if (entries.has(key)) this.#context.problems.add(this.#placeOf(pair.key), `"${key}" is there twice`);
      entries.set(key, value);
    }
    // The first of several merged mappings wins, and all that is written out wins over them.
    for (const source of merged) {
      if (source.kind !== 'mapping') {
        this.#context.problems.add(source.place, '<< has to name a mapping');
        continue;
      }
      this.#context.limits.spendNodes(source.entries.size);
      for (const [key, value] of source.entries) if (!entries.has(key)) entries.set(key, value);
    }
    return { kind: 'mapping', entries, place, ...tagged(node) };
  }

  #sequence(node: YAMLSeq, place: Place, depth: number): SequenceNode {
    const items = node.items.map((item) => this.convert(item, depth + 1));
    return { kind: 'sequence', items, place, ...tagged(node) };
  }

  #scalar(node: Scalar, place: Place): ScalarNode {
    const { value } = node;
    const tag = tagged(node);
    if (value === null || value === undefined)
      return { kind: 'scalar', type: 'null', text: '', raw: '', place, ...tag };
    if (typeof value === 'number' || typeof value === 'boolean') {
      const raw = node.source ?? String(value);
      const type = typeof value === 'number' ? 'number' : 'boolean';
      return { kind: 'scalar', type, text: numberText(value, raw), raw, place, ...tag };
    }
    const raw = typeof value === 'string' ? value : (node.source ?? '');
    const number = node.type === 'PLAIN' ? olderNumber(raw) : undefined;
    if (number !== undefined) return { kind: 'scalar', type: 'number', text: number, raw, place, ...tag };
    const found = this.#context.lookup === undefined ? undefined : interpolate(raw, this.#context.lookup);
    if (found?.kind === 'wrong') this.#context.problems.add(place, found.problem);
    return {
      kind: 'scalar',
      type: 'string',
      text: found?.kind === 'text' ? found.text : raw,
      raw,
      place,
      ...tag,
    };
  }

  #keyOf({ key }: Pair): string | undefined {
    return this.#yaml.isScalar(key) && typeof key.value === 'string' ? key.value : undefined;
  }

  #placeOf(node: unknown): Place {
    const { file, base } = this.#context;
    const offset = this.#yaml.isNode(node) ? (node.range?.[0] ?? 0) : 0;
    return { file, base, line: this.#parsed.lineOf(offset) };
  }
}

/** Compose is written in Go, whose parser takes a leading zero for an octal number and prints 1.0 as 1. */
function numberText(value: number | boolean, raw: string): string {
  if (/^[+-]?0[0-7]+$/.test(raw)) return String(Number.parseInt(raw, 8));
  return /^[+-]?\d{16,100}$/.test(raw) ? String(BigInt(raw)) : String(value);
}

/** Numbers of YAML 1.1 that Go's parser still knows: `1_000` and `0b11`. */
function olderNumber(raw: string): string | undefined {
  if (/^0b[01]{1,50}$/.test(raw)) return String(Number.parseInt(raw.slice(2), 2));
  return /^[+-]?[1-9]\d*(_\d+)+$/.test(raw) && raw.length < 100
    ? String(BigInt(raw.replaceAll('_', '')))
    : undefined;
}

function tagged(node: Node): { readonly tag?: MergeTag } {
  if (node.tag === '!reset') return { tag: 'reset' };
  return node.tag === '!override' ? { tag: 'override' } : {};
}
