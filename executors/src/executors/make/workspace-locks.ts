import path from 'node:path';
import type { MakeTask } from '@switchyard/tools/make/run';

const workspaceName = '@workspace';
const workspaceProject = `compose:${workspaceName}`;

/**
 * A task with the locks that it has in this checkout: `compose:@workspace` is the compose project that Compose names after
 * the folder of the workspace, which is another one in each clone and so stands in no command.
 */
export async function withWorkspaceLocks(task: MakeTask, workspaceRoot: string): Promise<MakeTask> {
  const { locks = [] } = task;
  if (!locks.some(({ name, group }) => name === workspaceProject || group === workspaceName)) return task;
  const { normalizeProjectName } = await import('@switchyard/tools/compose/naming');
  const own = normalizeProjectName(path.basename(workspaceRoot));
  return {
    ...task,
    locks: locks.map((wish) => ({
      ...wish,
      name: wish.name === workspaceProject ? `compose:${own}` : wish.name,
      ...(wish.group === workspaceName ? { group: own } : {}),
    })),
  };
}
