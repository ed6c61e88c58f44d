import type { ExecutorContext } from '@nx/devkit';
import { findEngine } from '@switchyard/tools/compose';
import { currentRun } from '@switchyard/tools/make/run';
import { runBatch, type BatchGraph, type BatchTaskResult } from '../../batch/run-batch.ts';
import { configuredOptions } from '../../environment/configured-options.ts';
import { taskPlace } from '../../environment/task-place.ts';
import { runContainerTask } from './run-container-task.ts';

/** Runs all container tasks of a batch in one process, as many at a time as nx would. */
export default function batch(
  taskGraph: BatchGraph,
  options: Readonly<Record<string, unknown>>,
  _overrides: unknown,
  context: Pick<ExecutorContext, 'root' | 'nxJsonConfiguration' | 'projectsConfigurations'>,
): AsyncGenerator<BatchTaskResult> {
  const run = currentRun(process.env);
  // Every task needs it: it is asked while the compose files are read.
  void findEngine();
  return runBatch(taskGraph, context, (id, output, raw) => {
    const reference = taskGraph.tasks[id]?.target ?? { project: '', target: id };
    const { project, target } = reference;
    const request = {
      target,
      options: options[id],
      configured: configuredOptions(context, reference),
      raw,
    };
    return runContainerTask(taskPlace(context, project, `${project}:${target}`), request, { run, ...output });
  });
}
