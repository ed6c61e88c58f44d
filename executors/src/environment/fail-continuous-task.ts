import type { ExecutorContext } from '@nx/devkit';

/** An exit code that Nx takes for an interruption. */
const interrupted = 130;

/**
 * Makes nx fail when a continuous task did. A continuous task that nothing depends on any more counts as done well for Nx
 * (23.3) whatever it exits with, unless that looks like an interruption: then nx says that the task did not complete.
 */
export function failContinuousTask(
  context: Pick<ExecutorContext, 'target' | 'taskGraph' | 'projectName' | 'targetName' | 'configurationName'>,
): void {
  const { target, taskGraph, projectName = '', targetName = '', configurationName } = context;
  if (target?.continuous !== true) return;
  const plain = `${projectName}:${targetName}`;
  const ids = [plain, `${plain}:${configurationName ?? ''}`];
  const needs = Object.values(taskGraph?.continuousDependencies ?? {});
  if (needs.some((needed) => needed.some((id) => ids.includes(id)))) return;
  process.once('exit', () => {
    process.exitCode = interrupted;
  });
}
