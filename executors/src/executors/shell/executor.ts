import type { ExecutorContext } from '@nx/devkit';
import { openShell } from '@switchyard/tools/compose';
import { currentRun } from '@switchyard/tools/make/run';
import { taskEnvironment } from '../../environment/task-environment.ts';
import { taskPlace } from '../../environment/task-place.ts';
import { wantedEnvironment } from '../../environment/wanted-environment.ts';
import { nxArguments } from '../make/exact-value.ts';
import { readShellTask } from './read-shell-task.ts';

/** Opens a shell or a client in a container, on the terminal that nx was started in. */
export default async function executor(
  options: unknown,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const { projectName: project = '', targetName: target = '', configurationName: configuration } = context;
  const raw = nxArguments(process.env);
  const place = taskPlace(context, project, `${project}:${target}`);
  const task = readShellTask(place.name, options, raw);
  if (task.kind === 'unusable') return failure(task.message);
  const found = taskEnvironment(place, wantedEnvironment({ ...task, configuration, project, target }, raw));
  if (found.kind === 'unusable') return failure(found.message);
  const outcome = await openShell(found.environment, task.request, {
    name: place.name,
    run: currentRun(process.env),
    report: (line) => {
      console.error(line);
    },
  });
  if (outcome.kind !== 'done') return failure(outcome.message);
  return { success: outcome.code === 0 };
}

function failure(message: string): { success: boolean } {
  console.error(message);
  return { success: false };
}
