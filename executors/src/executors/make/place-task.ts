import path from 'node:path';
import type { MakeInvocation, MakeTask } from '@switchyard/tools/make/run';
import { aroundPreparations, type PreparingProject } from './environment-preparations.ts';
import type { Launch } from './launch.ts';
import { ownComposeProjects, withWorkspaceLocks } from './workspace-locks.ts';

/** A task of a checkout: what differs from one to the other is filled in. */
export interface PlacedTask {
  readonly task: MakeTask;
  readonly invocation: Pick<MakeInvocation, 'aroundPreparation' | 'environment'>;
}

/**
 * Fits a task to the checkout that it runs in. In a linked worktree (SWITCHYARD_WORKTREE) its recipes get the host ports
 * that the worktree has of its own, and those that leave the name of their one compose project to Compose get that too.
 */
export async function placeTask(
  { task, environments }: Pick<Extract<Launch, { kind: 'task' }>, 'task' | 'environments'>,
  project: PreparingProject,
): Promise<PlacedTask> {
  const worktree = process.env['SWITCHYARD_WORKTREE'] ?? '';
  const placed = await withWorkspaceLocks(task, project.workspaceRoot, worktree);
  const around = aroundPreparations(environments, project);
  const own = worktree === '' ? [] : ownComposeProjects(task, placed);
  if (own.length === 0) return { task: placed, invocation: around };
  const variables = await worktreeVariables(own, project);
  return { task: placed, invocation: { ...around, environment: { ...process.env, ...variables } } };
}

/** The first of several that use the same variable for a port gets it: by hand they could not be up together either. */
async function worktreeVariables(
  composeProjects: readonly string[],
  { workspaceRoot, name, root }: PreparingProject,
): Promise<Readonly<Record<string, string>>> {
  const { platformEnvironments } = await import('@switchyard/tools/compose');
  const found = platformEnvironments({
    workspaceRoot,
    projects: [{ name, root: path.join(workspaceRoot, root) }],
  }).filter(({ composeProject }) => composeProjects.includes(composeProject));
  const ports = Object.fromEntries(found.toReversed().flatMap(({ variables }) => Object.entries(variables)));
  const [only, ...others] = new Set(composeProjects);
  return { ...ports, ...(only === undefined || others.length > 0 ? {} : { COMPOSE_PROJECT_NAME: only }) };
}
