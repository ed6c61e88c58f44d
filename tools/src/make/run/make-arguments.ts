import type { MakeTask } from './make-task.ts';

/** What make is called with, for one goal of a task. */
export function makeArguments(
  task: Pick<MakeTask, 'makefile' | 'variables'>,
  goal: string,
  upToDate: readonly string[],
  dryRun: boolean,
): string[] {
  return [
    '--no-print-directory',
    ...(dryRun ? ['-n'] : []),
    ...(task.makefile === undefined ? [] : ['-f', task.makefile]),
    ...upToDate.flatMap((name) => ['-o', name]),
    ...Object.entries(task.variables).map(([name, value]) => `${name}=${literal(value)}`),
    '--',
    goal,
  ];
}

/** Make expands `$` in a variable's value, and drops white space in front of it; `$()` stops the latter. */
function literal(value: string): string {
  const escaped = value.replaceAll('$', '$$$$');
  return /^\s/.test(escaped) ? `$()${escaped}` : escaped;
}
