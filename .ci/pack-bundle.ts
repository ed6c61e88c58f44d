import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'esbuild';

import { isObject, readManifest, textOf } from './pack-manifest.ts';

/** Parts of bundled libraries that nothing here uses and that are large or native. Loaded lazily by their users, so a missing one is only missed when asked for. */
const LEFT_OUT = ['@mongodb-js/zstd', 'node-liblzma', 'sql.js', 'quickjs-emscripten'];

/** Compiled modules of one package that use libraries which are not to be installed with it. */
export interface Bundling {
  readonly root: string;
  /** The package as packed so far; entries are replaced in place. */
  readonly destination: string;
  /** Absolute paths of the modules. */
  readonly entries: readonly string[];
}

/** Puts the libraries that some modules import into the package itself, and their licences beside them. */
export async function bundle({ root, destination, entries }: Bundling): Promise<void> {
  const modules = join(root, 'node_modules');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entries],
    outbase: destination,
    outdir: destination,
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    minify: true,
    keepNames: true,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    chunkNames: 'bundled/[name]-[hash]',
    legalComments: 'none',
    logLevel: 'error',
    nodePaths: [modules],
    external: LEFT_OUT,
    // CommonJS libraries inside ask for Node's own modules with require.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    plugins: [
      {
        name: 'own-modules-stay-apart',
        setup: (plugin) => {
          plugin.onResolve({ filter: /^\.{1,2}\// }, ({ path, importer }) =>
            importer.startsWith(destination) ? { path, external: true } : undefined,
          );
        },
      },
    ],
  });
  const used = Object.keys(metafile.inputs).flatMap((input) => {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(input)?.[1];
    return name === undefined ? [] : [name];
  });
  await writeFile(join(destination, 'THIRD-PARTY-LICENSES.txt'), await licences(modules, new Set(used)));
}

/** Texts for the given packages and those that they are themselves made of (a library may be a bundle too). */
async function licences(modules: string, names: Set<string>): Promise<string> {
  const texts: string[] = [];
  for (const name of names) {
    const folder = join(modules, name);
    if (LEFT_OUT.includes(name) || !existsSync(folder)) continue;
    const manifest = await readManifest(join(folder, 'package.json'));
    if (isObject(manifest['dependencies']))
      for (const inner of Object.keys(manifest['dependencies'])) names.add(inner);
    const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
    const found = await Promise.all(
      files.map(async (file) => (await readFile(join(folder, file), 'utf8')).trim()),
    );
    const version = textOf(manifest, 'version');
    const licence = textOf(manifest, 'license');
    texts.push([`${name} ${version} (${licence})`, ...found].join('\n\n'));
  }
  const line = `\n\n${'-'.repeat(78)}\n\n`;
  return `Parts of this package are bundled from these libraries:${line}${texts.sort().join(line)}\n`;
}
