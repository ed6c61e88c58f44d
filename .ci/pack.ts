/**
 * `npm run build`: makes each package ready for `npm publish <package>/dist`.
 * `--to FOLDER` writes FOLDER/<package> instead, `--version V` gives them another version.
 */
import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, glob, mkdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { bundle } from './pack-bundle.ts';
import { compile, importsOf } from './pack-compile.ts';
import {
  copyCollection,
  isObject,
  publishedManifest,
  readManifest,
  textOf,
  writeManifest,
} from './pack-manifest.ts';
import type { JsonObject } from './pack-manifest.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** In the order of their dependencies; one that has no package.json yet is left out. */
const PACKAGES = ['tools', 'executors', 'generators'] as const;

const COLLECTIONS = ['executors.json', 'generators.json', 'migrations.json'];

/** Tests, what they share, and what they work on: no part of a published package. */
const DEVELOPMENT = /\.(spec|contract|fixture)\.ts$|(^|\/)(fixtures|testing)\//;

async function filesIn(folder: string, pattern: string): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob(pattern, { cwd: folder })) if (!DEVELOPMENT.test(file)) found.push(file);
  return found.sort();
}

/** Templates of generators are data, whatever their names end in. */
const isTemplate = (file: string): boolean => file.split('/').includes('files');

async function copyData(folder: string, destination: string): Promise<void> {
  const data = (await filesIn(folder, 'src/**')).filter(
    (file) => isTemplate(file) || !/\.(ts|snap)$|(^|\/)__/.test(file),
  );
  for (const file of [...data, ...(await filesIn(folder, 'bin/*')), 'README.md']) {
    const from = join(folder, file);
    if (!existsSync(from) || !(await stat(from)).isFile()) continue;
    await mkdir(dirname(join(destination, file)), { recursive: true });
    await copyFile(from, join(destination, file));
    if (file.startsWith('bin/')) await chmod(join(destination, file), 0o755);
  }
  const licence = [join(folder, 'LICENSE'), join(ROOT, 'LICENSE')].find((file) => existsSync(file));
  if (licence !== undefined) await cp(licence, join(destination, 'LICENSE'));
  for (const name of COLLECTIONS) {
    if (existsSync(join(folder, name))) await copyCollection(folder, destination, name);
  }
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const namesIn = (value: unknown): string[] => (isObject(value) ? Object.keys(value) : []);

/** Modules that import a development dependency are bundled; importing anything undeclared is an error. */
async function modulesToBundle(destination: string, manifest: JsonObject): Promise<string[]> {
  const installed = [
    textOf(manifest, 'name'),
    ...namesIn(manifest['dependencies']),
    ...namesIn(manifest['peerDependencies']),
    ...namesIn(manifest['optionalDependencies']),
  ];
  const bundled = namesIn(manifest['devDependencies']);
  const found: string[] = [];
  for (const file of await filesIn(destination, 'src/**/*.js')) {
    if (isTemplate(file)) continue;
    const names = importsOf(await readFile(join(destination, file), 'utf8'))
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:') && !builtinModules.includes(name))
      .map(packageOf);
    const undeclared = names.filter((name) => !installed.includes(name) && !bundled.includes(name));
    if (undeclared.length > 0) {
      const source = relative(ROOT, destination).replace(/\/?dist$/, '');
      throw new Error(
        `${source}/${file} imports ${undeclared.join(', ')}, which its package.json does not name. Add it to "dependencies", or to "devDependencies" to have it bundled.`,
      );
    }
    if (names.some((name) => bundled.includes(name))) found.push(join(destination, file));
  }
  return found;
}

/** Where the declarations of an already packed package are, for the packages that import it. */
function declarationsOf(manifest: JsonObject, destination: string): Record<string, string[]> {
  const entries = isObject(manifest['exports']) ? manifest['exports'] : {};
  return Object.fromEntries(
    Object.entries(entries).flatMap(([entry, target]) =>
      typeof target === 'string' && target.endsWith('.ts')
        ? [
            [
              join(textOf(manifest, 'name'), entry),
              [join(destination, target).replace(/\.ts$/, '.d.ts')],
            ] satisfies [string, string[]],
          ]
        : [],
    ),
  );
}

async function pack(to: string | undefined, version: string | undefined): Promise<void> {
  let paths: Record<string, string[]> = {};
  if (to !== undefined) {
    // The declarations of one package are read by the next, and themselves import what is installed here.
    await mkdir(to, { recursive: true });
    await rm(join(to, 'node_modules'), { force: true });
    await symlink(join(ROOT, 'node_modules'), resolve(to, 'node_modules'));
  }
  for (const name of PACKAGES) {
    const started = performance.now();
    const folder = join(ROOT, name);
    if (!existsSync(join(folder, 'package.json'))) continue;
    const destination = to === undefined ? join(folder, 'dist') : resolve(to, name);
    const manifest = await readManifest(join(folder, 'package.json'));
    await rm(destination, { recursive: true, force: true });
    await mkdir(destination, { recursive: true });
    const sources = (await filesIn(folder, 'src/**/*.ts')).filter((file) => !isTemplate(file));
    if (sources.length > 0) {
      compile({ root: ROOT, folder, sources: sources.map((file) => join(folder, file)), destination, paths });
    }
    await copyData(folder, destination);
    await writeManifest(
      join(destination, 'package.json'),
      publishedManifest(manifest, version ?? textOf(manifest, 'version')),
    );
    const entries = await modulesToBundle(destination, manifest);
    if (entries.length > 0) await bundle({ root: ROOT, destination, entries });
    paths = { ...paths, ...declarationsOf(manifest, destination) };
    console.log(`${name}: ${sources.length} modules, ${Math.round(performance.now() - started)} ms`);
  }
}

const { values } = parseArgs({ options: { to: { type: 'string' }, version: { type: 'string' } } });
await pack(values.to, values.version);
