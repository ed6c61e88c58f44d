import { runInContainer, type ComposeInvocation, type ComposeOutcome } from '@switchyard/tools/compose';
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
  return runInContainer(environment, { ...task.command, resources }, { ...invocation, name: place.name });
}
