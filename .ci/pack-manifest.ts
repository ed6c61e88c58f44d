import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What JSON text can hold, so that manifests are rewritten without guessing at their shape. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object: what every manifest is at its top. */
export type JsonObject = Readonly<Record<string, Json>>;

/** Tells an object from the other things JSON can hold. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a JSON file that must hold an object. */
export async function readManifest(file: string): Promise<JsonObject> {
  const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isObject(parsed)) throw new Error(`${file} must hold a JSON object.`);
  return parsed;
}

/** A field that must be text, such as the name. */
export function textOf(manifest: JsonObject, field: string): string {
  const value = manifest[field];
  if (typeof value !== 'string')
    throw new Error(`"${field}" must be text in a package.json; found ${JSON.stringify(value)}.`);
  return value;
}

/** Writes JSON as npm does: two spaces, and a newline at the end. */
export async function writeManifest(file: string, manifest: JsonObject): Promise<void> {
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** A path in a manifest, as it is once the sources are compiled. */
function compiled(value: Json): Json {
  if (typeof value === 'string') return value.replace(/^(\.\/.*)(?<!\.d)\.ts$/, '$1.js');
  if (value instanceof Array) return value.map((item: Json) => compiled(item));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, compiled(v)]));
  return value;
}

/** An entry of `exports`; one that is a TypeScript source gets its declarations as well. */
function compiledExport(value: Json): Json {
  if (typeof value !== 'string' || !/^\.\/.*(?<!\.d)\.ts$/.test(value)) return compiled(value);
  return { types: value.replace(/\.ts$/, '.d.ts'), default: compiled(value) };
}

/** Dependencies, with those on packages of this workspace set to exactly the version that is packed with them. */
function pinned(dependencies: Json | undefined, version: string): JsonObject {
  if (!isObject(dependencies)) return {};
  return Object.fromEntries(
    Object.entries(dependencies).map(([name, range]) => [
      name,
      name.startsWith('@switchyard/') ? version : range,
    ]),
  );
}

const DROPPED = ['devDependencies', 'scripts', 'exports', 'bin', 'dependencies'];

/** The package.json of a published package: compiled paths, no development parts, workspace packages pinned. */
export function publishedManifest(source: JsonObject, version: string): JsonObject {
  const { exports: entries, bin, dependencies } = source;
  return {
    ...Object.fromEntries(Object.entries(source).filter(([key]) => !DROPPED.includes(key))),
    version,
    ...(isObject(entries)
      ? { exports: Object.fromEntries(Object.entries(entries).map(([k, v]) => [k, compiledExport(v)])) }
      : {}),
    ...(bin === undefined ? {} : { bin: compiled(bin) }),
    ...(dependencies === undefined ? {} : { dependencies: pinned(dependencies, version) }),
    publishConfig: { access: 'public' },
  };
}

/** Copies `executors.json` and its like, with the paths of the compiled files. */
export async function copyCollection(from: string, to: string, name: string): Promise<void> {
  const collection = compiled(await readManifest(join(from, name)));
  if (isObject(collection)) await writeManifest(join(to, name), collection);
}
