import type { InferredTarget } from '@switchyard/tools/make';
import {
  composeProjectOf,
  placedUses,
  portable,
  worktreeEnding,
  type ProjectEnvironments,
} from './placed-uses.ts';

/** An environment that a preparation brings up, and its name in the project. */
export interface BroughtUp {
  readonly preparation: string;
  readonly environment: string;
  /** In a linked worktree it is that of the worktree. */
  readonly perWorktree?: true;
}

/** How the launcher and the executor are told: `dev-up=dev`, or `dev-up=dev@worktree`. */
export function broughtUpWord({ preparation, environment, perWorktree }: BroughtUp): string {
  return `${preparation}=${environment}${perWorktree === true ? '@worktree' : ''}`;
}

/** The locks that a target's recipe is run under, in the launcher's words: `compose:api-dev:shared`. */
export function composeLocks(target: InferredTarget, project: ProjectEnvironments): readonly string[] {
  const modes = new Map<string, string>();
  const wish = (lock: string, mode: string): void => {
    const known = modes.get(lock) ?? mode;
    modes.set(lock, known === mode ? mode : 'exclusive');
  };
  for (const { use, used, own, perWorktree } of placedUses(target, project)) {
    const here = (name: string): string => (perWorktree && name === own ? `${name}${worktreeEnding}` : name);
    if (own !== undefined) wish(`compose:${here(own)}`, use.mode);
    for (const environment of used) {
      const { composeProject } = environment;
      const named = here(portable(composeProject, environment, project));
      wish(`compose:${named}`, use.mode);
      // Checks inside one environment stay side by side; those of the other one have to wait.
      const mode = use.mode === 'shared' ? `shared=${named}` : use.mode;
      for (const lock of project.sharedResources.get(composeProject) ?? []) wish(lock, mode);
    }
  }
  return [...modes].map(([lock, mode]) => (mode === 'exclusive' ? lock : `${lock}:${mode}`)).toSorted();
}

/** The project's environments that a target's preparations bring up. */
export function broughtUp(target: InferredTarget, project: ProjectEnvironments): readonly BroughtUp[] {
  return placedUses(target, project).flatMap(({ use, used, perWorktree }) => {
    if (!('preparation' in use)) return [];
    return (
      used
        .filter((found) => project.environments.includes(found))
        // Under another name it is another environment, which only the recipe knows.
        .filter(
          (found) =>
            composeProjectOf(use, [found], project) === portable(found.composeProject, found, project),
        )
        .map(({ name }) => ({
          preparation: use.preparation,
          environment: name,
          ...(perWorktree ? { perWorktree } : {}),
        }))
    );
  });
}
