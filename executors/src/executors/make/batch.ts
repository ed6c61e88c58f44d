import type { ExecutorContext } from '@nx/devkit';
import { runMakeTask } from '@switchyard/tools/make/run';
import { runBatch, type BatchGraph, type BatchTaskResult } from '../../batch/run-batch.ts';
import { readLaunchOptions } from './launch-options.ts';

/** Runs all make tasks of a batch in one process, as many at a time as nx would. */
export default function batch(
  taskGraph: BatchGraph,
  options: Readonly<Record<string, unknown>>,
  _overrides: unknown,
  context: Pick<ExecutorContext, 'root' | 'nxJsonConfiguration'>,
): AsyncGenerator<BatchTaskResult> {
  return runBatch(taskGraph, context, async (name, output, raw) => {
    const projectRoot = taskGraph.tasks[name]?.projectRoot ?? '.';
    const launch = readLaunchOptions(options[name], { workspace: context.root, projectRoot, name }, raw);
    return launch.kind === 'unusable'
      ? { ...launch, code: 1 }
      : await runMakeTask(launch.task, { name, ...output });
  });
}
