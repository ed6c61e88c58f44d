import type { ExecutorContext } from '@nx/devkit';
import { currentRun } from '@switchyard/tools/make/run';
import { reportProblems, taskEnvironment } from '../../environment/task-environment.ts';
import { taskPlace } from '../../environment/task-place.ts';
import { wantedEnvironment } from '../../environment/wanted-environment.ts';
import { nxArguments } from '../make/exact-value.ts';
import { readComposeTask } from './read-compose-task.ts';
import { runComposeTask } from './run-compose-task.ts';

/** Does one thing with a compose environment. Yields when an environment in the foreground is ready, and at the end. */
export default async function* executor(
  options: unknown,
  context: ExecutorContext,
): AsyncGenerator<{ success: boolean }> {
  const { projectName: project = '', targetName: target = '', configurationName: configuration } = context;
  const place = taskPlace(context, project, `${project}:${target}`);
  const task = readComposeTask(place.name, options);
  if (task.kind === 'unusable') {
    yield failure(task.message);
    return;
  }
  const asked = configuration === undefined ? task : { ...task, configuration };
  const found = taskEnvironment(place, wantedEnvironment(asked, nxArguments(process.env)));
  if (found.kind === 'unusable') {
    yield failure(found.message);
    return;
  }
  const invocation = {
    name: place.name,
    run: currentRun(process.env),
    report: (line: string) => {
      console.error(line);
    },
  };
  reportProblems(found.environment, invocation);
  for await (const outcome of runComposeTask(found.environment, task, invocation)) {
    if (outcome.kind !== 'done') console.error(outcome.message);
    yield { success: outcome.code === 0 };
  }
}

function failure(message: string): { success: boolean } {
  console.error(message);
  return { success: false };
}
