import type { TaskGraph } from '@nx/devkit';

/** A task graph of one project at the root of the workspace, from what each task depends on. */
export function createProjectGraph(
  dependencies: Record<string, string[]>,
): Pick<TaskGraph, 'tasks' | 'dependencies'> {
  const tasks = Object.keys(dependencies).map((id) => {
    const [project = '', target = ''] = id.split(':');
    const task = {
      id,
      target: { project, target },
      projectRoot: '.',
      overrides: {},
      outputs: [],
      parallelism: true,
      cache: false,
      continuous: false,
    };
    return [id, task] as const;
  });
  return { tasks: Object.fromEntries(tasks), dependencies };
}
