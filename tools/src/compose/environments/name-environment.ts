import type { ComposeEnvironment, NamedEnvironment } from '../environment.ts';
import type { WorktreeIsolation } from '../worktree/find-worktree.ts';
import { isolateEnvironment } from '../worktree/isolate-environment.ts';
import { normalizeProjectName } from './project-name.ts';

/**
 * An environment under the name of its compose project: what its files call it, else `<project>-<environment>`; in a
 * linked worktree with the worktree's name behind it, and host ports of its own.
 */
export function nameEnvironment(
  environment: ComposeEnvironment,
  project: string,
  worktree?: WorktreeIsolation,
): NamedEnvironment {
  const plain = environment.declaredName ?? composeName(`${project}-${environment.name}`);
  if (worktree === undefined) return { ...environment, project, composeProject: plain, variables: {} };
  const composeProject = `${plain}-${worktreeSuffix(worktree)}`;
  const { services, variables, problems } = isolateEnvironment(environment, composeProject, worktree);
  return {
    ...environment,
    services,
    problems: [...environment.problems, ...problems],
    project,
    composeProject,
    variables,
  };
}

/** What names have at their end in a linked worktree, and what recipes get as SWITCHYARD_WORKTREE. */
export function worktreeSuffix({ name }: Pick<WorktreeIsolation, 'name'>): string {
  return composeName(name);
}

/** `@shop/api` is `shop-api`: what Compose would drop between two words keeps them apart. */
function composeName(words: string): string {
  return normalizeProjectName(words.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+/, '')) || 'environment';
}
