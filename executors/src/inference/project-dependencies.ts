import path from 'node:path';
import type { ProjectRecord } from './project-record.ts';

/**
 * A dependency in Nx's words. They are written out: Nx's enum of them would load all of @nx/devkit into every plugin
 * worker, 200 ms and 45 MB.
 */
export type ProjectDependency =
  | { readonly source: string; readonly target: string; readonly type: 'static'; readonly sourceFile: string }
  | { readonly source: string; readonly target: string; readonly type: 'implicit' };

/** Projects by their folder relative to the workspace. */
export type ProjectFolders = ReadonlyMap<string, string>;

/**
 * Dependencies between projects: a Makefile or manifest in one names a place in another. A project that lies around
 * both is none: its files come in as inputs, and it often calls the ones below it.
 */
export function projectDependencies(
  workspaceRoot: string,
  records: ReadonlyMap<string, ProjectRecord>,
  projects: ProjectFolders,
): ProjectDependency[] {
  const dependencies = new Map<string, ProjectDependency>();
  for (const [root, record] of records) {
    const source = projects.get(root);
    if (source === undefined) continue;
    for (const reference of record.references) {
      const owner = ownerOf(path.relative(workspaceRoot, reference.path), projects);
      const target = owner === undefined ? undefined : projects.get(owner);
      if (owner === undefined || target === undefined || owner === root || isAround(owner, root)) continue;
      const named = path.relative(workspaceRoot, reference.makefile);
      const isOwn = ownerOf(named, projects) === root;
      const key = `${source}\0${target}`;
      if (dependencies.has(key)) continue;
      dependencies.set(
        key,
        isOwn ? { source, target, type: 'static', sourceFile: named } : { source, target, type: 'implicit' },
      );
    }
  }
  return [...dependencies.values()];
}

function isAround(outer: string, inner: string): boolean {
  return outer === '.' || inner.startsWith(`${outer}/`);
}

/** The nearest project folder that holds a path. */
function ownerOf(file: string, projects: ProjectFolders): string | undefined {
  if (file.startsWith('..') || path.isAbsolute(file)) return undefined;
  for (let folder = file; folder !== '.' && folder !== ''; folder = path.dirname(folder)) {
    if (projects.has(folder)) return folder;
  }
  return projects.has('.') ? '.' : undefined;
}
