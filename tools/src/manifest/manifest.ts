import path from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { readRegularFile } from '../file/index.ts';

/** What a folder's own manifest says about it: project.json, package.json, pyproject.toml, go.mod or Cargo.toml. */
export interface Manifest {
  readonly name?: string;
  /** package.json scripts that Nx makes targets of. */
  readonly scripts: readonly string[];
  /** Folders that it depends on by path, absolute, with the manifest that says so. */
  readonly localDependencies: readonly { readonly path: string; readonly manifest: string }[];
}

/** The manifests that are looked for, in the order in which they name a project. */
export const manifestNames = [
  'project.json',
  'package.json',
  'pyproject.toml',
  'go.mod',
  'Cargo.toml',
] as const;

const packageJson = z.object({
  name: z.string().min(1).optional().catch(undefined),
  scripts: z.record(z.string(), z.unknown()).optional().catch(undefined),
  nx: z
    .object({ name: z.string().optional().catch(undefined), includedScripts: z.array(z.string()).optional() })
    .optional()
    .catch(undefined),
});
const table = z.record(z.string(), z.unknown()).catch({});

type ManifestReader = (text: string) => Omit<Manifest, 'localDependencies'> & { paths: string[] };

const readers: Record<(typeof manifestNames)[number], ManifestReader> = {
  'project.json': (text) => ({ ...named(table.parse(JSON.parse(text))['name']), scripts: [], paths: [] }),
  'package.json': (text) => {
    const { name, scripts, nx } = packageJson.parse(JSON.parse(text));
    const chosen = nx?.name ?? name;
    return { ...named(chosen), scripts: nx?.includedScripts ?? Object.keys(scripts ?? {}), paths: [] };
  },
  'pyproject.toml': (text) => {
    const document = table.parse(parse(text));
    const tool = table.parse(document['tool']);
    const poetry = table.parse(tool['poetry']);
    const uv = table.parse(table.parse(tool['uv'])['sources']);
    const name = table.parse(document['project'])['name'] ?? poetry['name'];
    return {
      ...named(name),
      scripts: [],
      paths: [...tablePaths(poetry['dependencies']), ...tablePaths(uv), ...fileUrls(text)],
    };
  },
  'go.mod': (text) => {
    const module = /^module\s+"?([^\s"]+)/m.exec(text)?.[1]?.replace(/\/v\d+$/, '');
    const replaced = [...text.matchAll(/=>\s*(\.{1,2}\/\S*)/g)].map((found) => found[1] ?? '');
    return { ...named(module?.split('/').at(-1)), scripts: [], paths: replaced };
  },
  'Cargo.toml': (text) => {
    const document = table.parse(parse(text));
    const name = table.parse(document['package'])['name'];
    const paths = ['dependencies', 'dev-dependencies', 'build-dependencies'].flatMap((key) =>
      tablePaths(document[key]),
    );
    return { ...named(name), scripts: [], paths };
  },
};

function named(name: unknown): { name?: string } {
  return typeof name === 'string' && name !== '' ? { name } : {};
}

/** `{ path = "../other" }` entries of a dependency table. */
function tablePaths(dependencies: unknown): string[] {
  return Object.values(table.parse(dependencies)).flatMap((entry) => {
    const found = table.parse(entry)['path'];
    return typeof found === 'string' ? [found] : [];
  });
}

/** `other @ file:../other` requirements. */
function fileUrls(text: string): string[] {
  return [...text.matchAll(/@\s*file:(\.{1,2}\/[^"'\s]*)/g)].map((found) => found[1] ?? '');
}

const largest = 2 * 1024 * 1024;

/** Reads the manifests of a folder; links that lead out of `root` are not followed. One that does not parse says nothing: its own tools will complain. */
export function readManifest(folder: string, root: string = folder): Manifest {
  let name: string | undefined;
  const scripts: string[] = [];
  const localDependencies: { path: string; manifest: string }[] = [];
  for (const file of manifestNames) {
    const manifest = path.join(folder, file);
    const text = readRegularFile(manifest, { largest, inside: root });
    if (text === undefined) continue;
    try {
      const read = readers[file](text);
      name ??= read.name;
      scripts.push(...read.scripts);
      localDependencies.push(...read.paths.map((found) => ({ path: path.resolve(folder, found), manifest })));
    } catch {
      continue;
    }
  }
  return { ...(name === undefined ? {} : { name }), scripts, localDependencies };
}
