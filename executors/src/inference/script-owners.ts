import path from 'node:path';
import { readRegularFile } from '@switchyard/tools/file';
import { property, readJson } from './json-file.ts';

/**
 * Whether Nx makes targets of a folder's package.json scripts: where the package is one of the workspaces of npm, yarn,
 * pnpm or lerna, where a project.json lies beside it, or, at the root, where package.json has an `nx` part. Elsewhere
 * nobody else takes a script's name.
 */
export function scriptOwners(workspaceRoot: string): (root: string) => boolean {
  const manifest = readJson(path.join(workspaceRoot, 'package.json'));
  const workspaces = property(manifest, 'workspaces');
  const lerna = readJson(path.join(workspaceRoot, 'lerna.json'));
  const patterns = [
    ...strings(workspaces),
    ...strings(property(workspaces, 'packages')),
    ...pnpmPackages(readRegularFile(path.join(workspaceRoot, 'pnpm-workspace.yaml')) ?? ''),
    ...(lerna === undefined ? [] : strings(property(lerna, 'packages') ?? ['packages/*'])),
  ].map((pattern) => pattern.replace(/^(!?)\.\//, '$1').replace(/\/+$/, ''));
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  return (root) => {
    if (readRegularFile(path.join(workspaceRoot, root, 'project.json')) !== undefined) return true;
    if (root === '.' && property(manifest, 'nx') !== undefined) return true;
    const isIn = (pattern: string): boolean => path.matchesGlob(root, pattern);
    return wanted.some(isIn) && !unwanted.some(isIn);
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The items of `packages:`, which is a plain list of strings. */
function pnpmPackages(yaml: string): string[] {
  const list = /^packages:\s*\n((?:\s*(?:-.*|#.*)?\n?)*)/m.exec(yaml)?.[1] ?? '';
  return [...list.matchAll(/^\s*-\s*['"]?([^'"#\s]+)/gm)].map((found) => found[1] ?? '');
}
