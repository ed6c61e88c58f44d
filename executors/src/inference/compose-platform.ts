import path from 'node:path';
import type { NamedEnvironment } from '@switchyard/tools/compose';
import type { InferenceOptions } from '@switchyard/tools/make';
import type { ProjectEnvironments } from './compose-locks.ts';
import type { ProjectRecord } from './project-record.ts';

/** The environments of a project, as its targets need to know them. */
export interface PlatformProject extends ProjectEnvironments {
  /** Under the names that they have in this worktree. */
  readonly here: readonly NamedEnvironment[];
}

/** The environments of all projects by their folders; undefined where there are none. */
export async function composePlatform(
  workspaceRoot: string,
  records: ReadonlyMap<string, ProjectRecord>,
  names: ReadonlyMap<string, string>,
  options: Pick<InferenceOptions, 'isolateWorktrees'>,
): Promise<ReadonlyMap<string, PlatformProject> | undefined> {
  const found = [...records].flatMap(([root, { compose }]) =>
    compose === undefined || compose.environments.length === 0 ? [] : [{ root, compose }],
  );
  if (found.length === 0) return undefined;
  const { nameEnvironment, sharedResources, findWorktree, normalizeProjectName } =
    await import('@switchyard/tools/compose/naming');
  const worktree = options.isolateWorktrees ? findWorktree(workspaceRoot) : undefined;
  const projects = found.map(({ root, compose }) => {
    const name = names.get(root) ?? root;
    const environments = compose.environments.map((environment) => nameEnvironment(environment, name));
    // Without services: nobody needs a port yet.
    const composeProjectHere = (environment: NamedEnvironment): string =>
      worktree === undefined
        ? environment.composeProject
        : nameEnvironment({ ...environment, services: [] }, name, worktree).composeProject;
    const here = environments.map((environment) => ({
      ...environment,
      composeProject: composeProjectHere(environment),
    }));
    return { root, environments, here };
  });
  const shared = sharedResources(projects.flatMap(({ environments }) => environments));
  return new Map(
    projects.map(({ root, environments, here }) => [
      root,
      {
        folder: path.join(workspaceRoot, root),
        workspaceRoot,
        environments,
        here,
        sharedResources: shared,
        normalize: normalizeProjectName,
      },
    ]),
  );
}
