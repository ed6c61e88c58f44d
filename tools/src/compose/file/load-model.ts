import { dirname, resolve } from 'node:path';
import type { ComposeDisk } from './compose-disk.ts';
import {
  entriesOf,
  itemsOf,
  mappingAt,
  textOf,
  valueOf,
  type ComposeNode,
  type MappingNode,
  type Place,
} from './compose-node.ts';
import { parseDotEnv } from './dot-env.ts';
import { resolveExtends } from './extends.ts';
import type { Lookup } from './interpolate.ts';
import { itemKey, mergeModels } from './merge-nodes.ts';
import type { ProblemList } from './problem-list.ts';
import type { ReadingLimits } from './reading-limits.ts';
import { toComposeNodes } from './to-compose-node.ts';
import { parseYaml, type ParsedYaml } from './yaml-text.ts';

/** What all files of one reading share. */
export interface ModelContext {
  readonly disk: ComposeDisk;
  /** The environment, without what stands in `.env` files. */
  readonly lookup: Lookup;
  readonly problems: ProblemList;
  readonly limits: ReadingLimits;
  readonly parsed: Map<string, ParsedYaml>;
}

/** Files under one project folder, whose `.env` and relative paths they share. */
export interface ModelFiles {
  readonly files: readonly string[];
  readonly base: string;
  readonly lookup: Lookup;
  /** Files that are being included; for circles. */
  readonly within: readonly string[];
  /** Where they were asked for. */
  readonly asked?: Place;
}

/** All files of an environment as one, and the variables that they were read with. */
export interface LoadedModel {
  readonly model: MappingNode;
  readonly lookup: Lookup;
}

/** Files as Compose takes them together (`-f A -f B`), with everything that they extend and include. */
export function loadModel(files: readonly string[], context: ModelContext): LoadedModel {
  const first = files[0] ?? '';
  const base = dirname(first);
  const lookup = withDotEnv([resolve(base, '.env')], context.lookup, context);
  return { model: loadFiles({ files, base, lookup, within: [] }, context), lookup };
}

/** The environment, and after it what these `.env` files say. */
export function withDotEnv(files: readonly string[], outside: Lookup, context: ModelContext): Lookup {
  const values = new Map<string, string>();
  const before: Lookup = (name) => outside(name) ?? values.get(name);
  for (const file of files) {
    const found = context.disk.read(file);
    if (found.kind !== 'text') continue;
    context.limits.spendText(found.text.length);
    for (const [name, value] of parseDotEnv(found.text, before)) values.set(name, value);
  }
  return before;
}

function loadFiles({ files, base, lookup, within, asked }: ModelFiles, context: ModelContext): MappingNode {
  let model = mappingAt({ file: files[0] ?? '', line: 1, base }, []);
  for (const file of files) {
    for (const document of readNodes(file, asked ?? { file, line: 0 }, base, lookup, context)) {
      if (document.kind !== 'mapping') {
        context.problems.add(document.place, 'a compose file has to be a mapping with `services:`');
        continue;
      }
      model = mergeModels(model, resolveExtends(document, { lookup, context }), context.limits);
    }
  }
  return withIncludes(model, lookup, within.concat(files), context);
}

/** The documents of a compose file; `asked` is where a file that cannot be read is complained about. */
export function readNodes(
  file: string,
  asked: Pick<Place, 'file' | 'line'>,
  base: string,
  lookup: Lookup | undefined,
  context: ModelContext,
): readonly ComposeNode[] {
  context.limits.spendFile();
  let parsed = context.parsed.get(file);
  if (parsed === undefined) {
    const found = context.disk.read(file);
    if (found.kind !== 'text') {
      const name = context.problems.where({ file, line: 0 });
      context.problems.add(
        asked,
        {
          missing: `${name} is not there`,
          outside: `${name} is outside of the workspace, so it is not read`,
          unreadable: `${name} is no regular file of less than 256 KiB, so it is not read`,
        }[found.kind],
      );
      return [];
    }
    context.limits.spendText(found.text.length);
    parsed = parseYaml(found.text);
    context.parsed.set(file, parsed);
  }
  for (const { line, message } of parsed.errors) context.problems.add({ file, line }, message);
  const { problems, limits } = context;
  return toComposeNodes(parsed, {
    file,
    base,
    problems,
    limits,
    ...(lookup === undefined ? {} : { lookup }),
  });
}

/** The model with what its `include:` brings in. https://docs.docker.com/reference/compose-file/include/ */
function withIncludes(
  model: MappingNode,
  lookup: Lookup,
  within: readonly string[],
  context: ModelContext,
): MappingNode {
  let whole = model;
  for (const item of itemsOf(valueOf(model, 'include'))) {
    const paths = itemsOf(item.kind === 'mapping' ? valueOf(item, 'path') : item);
    const files = paths.flatMap((path) => resolve(path.place.base, textOf(path) ?? '.'));
    const first = files[0];
    if (first === undefined) {
      context.problems.add(item.place, 'an include has to name a file: `path:`');
      continue;
    }
    if (files.some((file) => within.includes(file))) {
      context.problems.add(item.place, 'files include each other in a circle');
      continue;
    }
    const folder = textOf(valueOf(item, 'project_directory'));
    const base = folder === undefined ? dirname(first) : resolve(item.place.base, folder);
    const envFiles = itemsOf(valueOf(item, 'env_file')).map((file) =>
      resolve(file.place.base, textOf(file) ?? '.env'),
    );
    const inside = withDotEnv(envFiles.length === 0 ? [resolve(base, '.env')] : envFiles, lookup, context);
    whole = imported(
      whole,
      loadFiles({ files, base, lookup: inside, within, asked: item.place }, context),
      item.place,
      context,
    );
  }
  return whole;
}

const importedSections = ['services', 'networks', 'volumes', 'configs', 'secrets'];

function imported(model: MappingNode, found: MappingNode, place: Place, context: ModelContext): MappingNode {
  const entries = new Map(model.entries);
  for (const section of importedSections) {
    const own = new Map(entriesOf(valueOf(model, section)));
    for (const [name, value] of entriesOf(valueOf(found, section))) {
      const other = own.get(name);
      if (other !== undefined && !isSame(section, other, value))
        context.problems.add(place, `${section}.${name} is in an included file, and in another one too`);
      if (other === undefined) own.set(name, value);
    }
    if (own.size > 0) entries.set(section, mappingAt(model.place, own));
  }
  return mappingAt(model.place, entries);
}

/** A file that two others include brings the same service twice, and two may name the same volume: both are fine. */
function isSame(section: string, one: ComposeNode, other: ComposeNode): boolean {
  if (one.place.file === other.place.file && one.place.line === other.place.line) return true;
  const isFile = valueOf(one, 'file') !== undefined && one.place.base !== other.place.base;
  return section !== 'services' && !isFile && itemKey(one) === itemKey(other);
}
