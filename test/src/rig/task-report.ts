/** How Nx says a task went. `hit` means that its result came from the cache. */
export type TaskStatus = 'ran' | 'hit' | 'failed' | 'not run';

/** What Nx prints for each task, by the task's id; read from its output as a person would. */
export function tasksIn(output: string): Record<string, TaskStatus> {
  const tasks: Record<string, TaskStatus> = {};
  let listed: TaskStatus | undefined;
  for (const line of output.split(/\r?\n/)) {
    const [, mark, id, note] =
      /^([✔✖✗×>»])\s+nx run (\S+:.+?)(?: --?\S.*?)?(?:\s+\[([^\]]+)\])?\s*$/u.exec(line) ?? [];
    if (mark !== undefined && id !== undefined) {
      if (/[✖✗×]/u.test(mark)) tasks[id] = 'failed';
      else tasks[id] ??= note?.includes('cache') === true ? 'hit' : 'ran';
    }
    if (line.startsWith('Failed tasks:')) listed = 'failed';
    else if (line.startsWith('Tasks not run because')) listed = 'not run';
    else if (line.trim() !== '' && !line.startsWith('- ')) listed = undefined;
    const item = /^- (\S+:.+?)\s*$/.exec(line)?.[1];
    if (listed !== undefined && item !== undefined) tasks[item] = listed;
  }
  return tasks;
}
