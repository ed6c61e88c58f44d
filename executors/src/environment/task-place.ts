import type { ExecutorContext } from '@nx/devkit';

/** Where a task stands that has to do with compose environments. */
export interface TaskPlace {
  /** The root of the workspace. Absolute. */
  readonly workspace: string;
  readonly project: string;
  /** The id of the task, for messages: `api:check`. */
  readonly name: string;
  /** All projects, because environments of several may want the same ports. */
  readonly projects: readonly { readonly name: string; readonly root: string }[];
  /** Whether a linked worktree gets environments of its own. */
  readonly isolate: boolean;
}

type Context = Pick<ExecutorContext, 'root' | 'nxJsonConfiguration' | 'projectsConfigurations'>;

/** The place of a task, from what Nx tells an executor. */
export function taskPlace(context: Context, project: string, name: string): TaskPlace {
  const { projects } = context.projectsConfigurations;
  return {
    workspace: context.root,
    project,
    name,
    projects: Object.entries(projects).map(([projectName, { root }]) => ({ name: projectName, root })),
    isolate: isolates(context.nxJsonConfiguration),
  };
}

/** The plugin's own option: what inference names an environment is what executors have to call it. */
function isolates({ plugins = [] }: Context['nxJsonConfiguration']): boolean {
  return !plugins.some((plugin) => {
    if (typeof plugin === 'string' || !plugin.plugin.startsWith('@switchyard/executors')) return false;
    const { options } = plugin;
    return (
      typeof options === 'object' &&
      options !== null &&
      'isolateWorktrees' in options &&
      options.isolateWorktrees === false
    );
  });
}
