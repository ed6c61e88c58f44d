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

/** What projects have to do with Compose, by their folders: those that do. Undefined where none does. */
export async function composePlatform(
  workspaceRoot: string,
  records: ReadonlyMap<string, ProjectRecord>,
  names: ReadonlyMap<string, string>,
  options: Pick<InferenceOptions, 'compose' | 'isolateWorktrees'>,
): Promise<ReadonlyMap<string, PlatformProject> | undefined> {
  if (!options.compose) return undefined;
  const found = [...records].filter(([, record]) => usesCompose(record));
  if (found.length === 0) return undefined;
  const { nameEnvironment, sharedResources, findWorktree, normalizeProjectName } =
    await import('@switchyard/tools/compose/naming');
  const worktree = options.isolateWorktrees ? findWorktree(workspaceRoot) : undefined;
  const projects = found.map(([root, { compose }]) => {
    const name = names.get(root) ?? root;
    const own = compose?.environments ?? [];
    const environments = own.map((environment) => nameEnvironment(environment, name));
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
  const all = projects.flatMap(({ environments }) => environments);
  const shared = sharedResources(all);
  return new Map(
    projects.map(({ root, environments, here }) => [
      root,
      {
        folder: path.join(workspaceRoot, root),
        workspaceRoot,
        environments,
        all,
        here,
        sharedResources: shared,
        normalize: normalizeProjectName,
      },
    ]),
  );
}

/** Whether it has environments, or recipes that work with one. */
function usesCompose({ compose, targets }: ProjectRecord): boolean {
  if (compose !== undefined && compose.environments.length > 0) return true;
  return targets.some((target) => target.compose !== undefined || target.prepared !== undefined);
}
