import path from 'node:path';
import type { MakeTask } from '@switchyard/tools/make/run';

const workspaceMark = '@workspace';
const worktreeMark = '-@worktree';
const prefix = 'compose:';

/**
 * A task with the locks that it has in this checkout. `compose:@workspace` is the compose project that Compose names after
 * the folder of the workspace, which is another one in each clone; `compose:api-dev-@worktree` one that has the name of
 * the worktree behind it in a linked one. So neither stands in a command.
 */
export async function withWorkspaceLocks(
  task: MakeTask,
  workspaceRoot: string,
  worktree: string,
): Promise<MakeTask> {
  const { locks = [] } = task;
  const isPlaced = (text: string): boolean => text.includes(workspaceMark) || text.endsWith(worktreeMark);
  if (!locks.some(({ name, group = '' }) => isPlaced(name) || isPlaced(group))) return task;
  const { normalizeProjectName } = await import('@switchyard/tools/compose/naming');
  const workspaceProject = normalizeProjectName(path.basename(workspaceRoot));
  const place = (text: string): string => {
    const isOwn = text.endsWith(worktreeMark);
    const start = isOwn ? text.slice(0, -worktreeMark.length) : text;
    const own = [workspaceMark, `${prefix}${workspaceMark}`].includes(start)
      ? start.replace(workspaceMark, () => workspaceProject)
      : start;
    return isOwn && worktree !== '' ? `${own}-${worktree}` : own;
  };
  return {
    ...task,
    locks: locks.map((wish) => ({
      ...wish,
      name: place(wish.name),
      ...(wish.group === undefined ? {} : { group: place(wish.group) }),
    })),
  };
}

/** The compose projects that a task has to itself in a linked worktree, as they are called in this one. */
export function ownComposeProjects(
  { locks = [] }: Pick<MakeTask, 'locks'>,
  placed: Pick<MakeTask, 'locks'>,
): readonly string[] {
  return locks.flatMap(({ name }, index) =>
    name.startsWith(prefix) && name.endsWith(worktreeMark)
      ? (placed.locks?.[index]?.name.slice(prefix.length) ?? [])
      : [],
  );
}
