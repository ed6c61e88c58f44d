import path from 'node:path';
import type { MakeTask } from '@switchyard/tools/make/run';

const workspaceMark = 'compose:@workspace';
const worktreeMark = '-@worktree';

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
  if (!locks.some(({ name }) => name.startsWith(workspaceMark) || name.endsWith(worktreeMark))) return task;
  const { normalizeProjectName } = await import('@switchyard/tools/compose/naming');
  const place = (name: string): string => {
    const ending = name.endsWith(worktreeMark) ? worktreeMark : '';
    const start = ending === '' ? name : name.slice(0, -worktreeMark.length);
    const own =
      start === workspaceMark ? `compose:${normalizeProjectName(path.basename(workspaceRoot))}` : start;
    return ending === '' || worktree === '' ? own : `${own}-${worktree}`;
  };
  return { ...task, locks: locks.map(({ name, mode }) => ({ name: place(name), mode })) };
}

/** The compose projects that a task has to itself in a linked worktree, as they are called in this one. */
export function ownComposeProjects(
  { locks = [] }: Pick<MakeTask, 'locks'>,
  placed: Pick<MakeTask, 'locks'>,
): readonly string[] {
  return locks.flatMap(({ name }, index) =>
    name.endsWith(worktreeMark) ? (placed.locks?.[index]?.name.slice('compose:'.length) ?? []) : [],
  );
}
