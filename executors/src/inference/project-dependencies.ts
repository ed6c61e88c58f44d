import path from 'node:path';
import type { DependencyType, RawProjectGraphDependency } from '@nx/devkit';
import { z } from 'zod';
import type { ProjectRecord } from './project-record.ts';

/** Nx's own words for its enum, which would load all of @nx/devkit into every plugin worker: 200 ms and 45 MB. */
const dependencyType = {
  static: z.custom<DependencyType.static>((word) => word === 'static').parse('static'),
  implicit: z.custom<DependencyType.implicit>((word) => word === 'implicit').parse('implicit'),
};

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
): RawProjectGraphDependency[] {
  const dependencies = new Map<string, RawProjectGraphDependency>();
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
        isOwn
          ? { source, target, type: dependencyType.static, sourceFile: named }
          : { source, target, type: dependencyType.implicit },
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
