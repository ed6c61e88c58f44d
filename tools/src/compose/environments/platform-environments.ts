import { resolve } from 'node:path';
import type { NamedEnvironment } from '../environment.ts';
import { findWorktree } from '../worktree/find-worktree.ts';
import { nameEnvironment } from './name-environment.ts';
import { readEnvironments } from './read-environments.ts';

/** The projects of a platform. */
export interface PlatformRequest {
  readonly workspaceRoot: string;
  /** Nx names, and folders relative to the workspace or absolute. */
  readonly projects: readonly { readonly name: string; readonly root: string }[];
  /** By default that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /**
   * Own names and ports in a linked worktree; by default yes, unless the plugin's option says otherwise, which its tasks
   * get as SWITCHYARD_ISOLATE_WORKTREES. The main worktree stays as it is.
   */
  readonly isolate?: boolean;
}

/** All environments of all projects, in the order of the projects. */
export function platformEnvironments({
  workspaceRoot,
  projects,
  environment = process.env,
  isolate = environment['SWITCHYARD_ISOLATE_WORKTREES'] !== 'false',
}: PlatformRequest): readonly NamedEnvironment[] {
  const worktree = isolate ? findWorktree(workspaceRoot) : undefined;
  const all = projects.flatMap(({ name, root }) =>
    readEnvironments({ folder: resolve(workspaceRoot, root), workspaceRoot, environment }).environments.map(
      (found) => nameEnvironment(found, name, worktree),
    ),
  );
  return all.map((one) => {
    const others = all.filter((other) => other !== one && other.composeProject === one.composeProject);
    return others.length === 0 ? one : { ...one, problems: [...one.problems, sameName(one, others)] };
  });
}

function sameName(one: NamedEnvironment, others: readonly NamedEnvironment[]): string {
  const names = others.map(({ project, name }) => `${project} -c ${name}`).join(', ');
  return `${one.project} -c ${one.name} and ${names} are one compose project, ${one.composeProject}, so each takes the containers of the other: give it a \`name:\` of its own in ${one.files.at(-1) ?? one.folder}.`;
}
