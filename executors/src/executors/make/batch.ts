import type { ExecutorContext } from '@nx/devkit';
import { runMakeTask } from '@switchyard/tools/make/run';
import { runBatch, type BatchGraph, type BatchTaskResult } from '../../batch/run-batch.ts';
import { aroundPreparations } from './environment-preparations.ts';
import { nxCommand } from './nx-command.ts';
import { readLaunchOptions } from './launch-options.ts';
import { withWorkspaceLocks } from './workspace-locks.ts';

/** Runs all make tasks of a batch in one process, as many at a time as nx would. */
export default function batch(
  taskGraph: BatchGraph,
  options: Readonly<Record<string, unknown>>,
  _overrides: unknown,
  context: Pick<ExecutorContext, 'root' | 'nxJsonConfiguration'>,
): AsyncGenerator<BatchTaskResult> {
  return runBatch(taskGraph, context, async (name, output, raw) => {
    const workspace = context.root;
    const projectRoot = taskGraph.tasks[name]?.projectRoot ?? '.';
    const launch = readLaunchOptions(options[name], { workspace, projectRoot, name }, raw);
    if (launch.kind === 'unusable') return { ...launch, code: 1 };
    const project = { workspaceRoot: workspace, name: name.slice(0, name.indexOf(':')), root: projectRoot };
    return await runMakeTask(await withWorkspaceLocks(launch.task, workspace), {
      name,
      command: nxCommand(raw, process.env) ?? name,
      ...output,
      ...aroundPreparations(launch.environments, project),
    });
  });
}
