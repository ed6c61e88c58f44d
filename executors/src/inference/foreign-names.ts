import { existsSync } from 'node:fs';
import path from 'node:path';
import { property, readJson } from './json-file.ts';

/**
 * Names of projects that Nx makes of package.json and project.json files in folders without a Makefile. Nx refuses
 * the whole workspace where two projects have one name, so none of ours may take one of these.
 */
export function foreignNames(
  workspaceRoot: string,
  files: readonly string[],
  own: ReadonlySet<string>,
  isPackage: (root: string) => boolean,
): ReadonlySet<string> {
  const any = existsSync(path.join(workspaceRoot, 'pnpm-workspace.yaml'));
  const names = new Set<string>();
  for (const file of files) {
    const root = path.posix.dirname(file);
    if (own.has(root)) continue;
    const found = readJson(path.join(workspaceRoot, file));
    const nx = property(found, 'nx');
    const isProject = path.posix.basename(file) === 'project.json';
    if (!isProject && nx === undefined && !any && !isPackage(root)) continue;
    const name = [property(nx, 'name'), property(found, 'name')].find((one) => typeof one === 'string');
    names.add(name ?? path.posix.basename(root));
  }
  return names;
}
