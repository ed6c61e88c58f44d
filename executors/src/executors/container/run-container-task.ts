import {
  endOfRun,
  runInContainer,
  type ComposeInvocation,
  type ComposeOutcome,
} from '@switchyard/tools/compose';
import { taskEnvironment } from '../../environment/task-environment.ts';
import type { TaskPlace } from '../../environment/task-place.ts';
import { readContainerTask, type ContainerTaskRequest } from './read-container-task.ts';

/** How a task ended; `unusable`: its options cannot be right. */
export type ContainerTaskOutcome =
  ComposeOutcome | { readonly kind: 'unusable'; readonly code: 1; readonly message: string };

/** Runs one task of the executor, wherever Nx runs it. */
export async function runContainerTask(
  place: TaskPlace,
  request: Omit<ContainerTaskRequest, 'name'>,
  invocation: Omit<ComposeInvocation, 'name'>,
): Promise<ContainerTaskOutcome> {
  const task = readContainerTask({ ...request, name: place.name });
  if (task.kind === 'unusable') return { ...task, code: 1 };
  const found = taskEnvironment(place, task.environment);
  if (found.kind === 'unusable') return { ...found, code: 1 };
  const { environment, resources } = found;
  const named = { ...invocation, name: place.name };
  const outcome = await runInContainer(environment, { ...task.command, resources }, named);
  // Leaves alone what another task uses now: the last one of them takes it down.
  if (task.down && invocation.run !== undefined) await endOfRun(invocation.run, { down: true }, named);
  // Nx itself ends with 1 whatever the code of a task was.
  if (outcome.kind === 'done' && outcome.code !== 0)
    named.report(`${place.name}: the command ended with exit code ${outcome.code}.`);
  return outcome;
}
