import type { ExecutorContext } from '@nx/devkit';
import { currentRun } from '@switchyard/tools/make/run';
import { taskPlace } from '../../environment/task-place.ts';
import { configuredOptions } from '../../environment/configured-options.ts';
import { nxArguments } from '../make/exact-value.ts';
import { runContainerTask } from './run-container-task.ts';

/** Runs one command in a container, in a process that Nx starts for it. */
export default async function executor(
  options: unknown,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const { projectName: project = '', targetName: target = '', configurationName } = context;
  const place = taskPlace(context, project, `${project}:${target}`);
  const configured = configuredOptions(context, { project, target, configuration: configurationName });
  const request = { target, options, configured, raw: nxArguments(process.env) };
  const outcome = await runContainerTask(place, request, {
    run: currentRun(process.env),
    report: (line) => {
      console.error(line);
    },
  });
  if (outcome.kind !== 'done') console.error(outcome.message);
  return { success: outcome.code === 0 };
}
