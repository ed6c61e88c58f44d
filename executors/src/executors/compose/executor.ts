import type { ExecutorContext } from '@nx/devkit';
import type { ComposeInvocation, ComposeOutcome } from '@switchyard/tools/compose';
import { currentRun } from '@switchyard/tools/make/run';
import { failContinuousTask } from '../../environment/fail-continuous-task.ts';
import { reportProblems, taskEnvironment } from '../../environment/task-environment.ts';
import { taskPlace, type TaskPlace } from '../../environment/task-place.ts';
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
  const invocation = {
    name: place.name,
    run: currentRun(process.env),
    report: (line: string) => {
      console.error(line);
    },
  };
  try {
    for await (const outcome of outcomes(options, { ...place, target, configuration }, invocation)) {
      if (outcome.kind !== 'done') console.error(outcome.message);
      if (outcome.code !== 0) failContinuousTask(context);
      yield { success: outcome.code === 0 };
    }
  } catch (error) {
    // What nobody expected would count as done well, too.
    failContinuousTask(context);
    throw error;
  }
}

type Place = TaskPlace & { readonly target: string; readonly configuration: string | undefined };

async function* outcomes(
  options: unknown,
  place: Place,
  invocation: ComposeInvocation,
): AsyncGenerator<ComposeOutcome> {
  const task = readComposeTask(place.name, options);
  if (task.kind === 'unusable') {
    yield unusable(task.message);
    return;
  }
  const found = taskEnvironment(place, wantedEnvironment({ ...place, ...task }, nxArguments(process.env)));
  if (found.kind === 'unusable') {
    yield unusable(found.message);
    return;
  }
  reportProblems(found.environment, invocation);
  yield* runComposeTask(found.environment, task, invocation);
}

function unusable(message: string): ComposeOutcome {
  return { kind: 'failed', reason: 'other', code: 1, message };
}
