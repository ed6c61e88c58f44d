import type { ExecutorContext } from '@nx/devkit';
import { runMakeTask } from '@switchyard/tools/make/run';
import { aroundPreparations } from './environment-preparations.ts';
import { nxArguments } from './exact-value.ts';
import { nxCommand } from './nx-command.ts';
import { readLaunchOptions } from './launch-options.ts';
import { withWorkspaceLocks } from './workspace-locks.ts';

/** Runs one make target, in a process that Nx starts for it. */
export default async function executor(
  options: unknown,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const project = context.projectName ?? '';
  const place = {
    workspace: context.root,
    projectRoot: context.projectsConfigurations.projects[project]?.root ?? '.',
    name: `${project}:${context.targetName ?? ''}`,
  };
  const raw = nxArguments(process.env);
  const command = nxCommand(raw, process.env);
  const launch = readLaunchOptions(options, place, raw);
  if (launch.kind === 'unusable') {
    console.error(launch.message);
    return { success: false };
  }
  const outcome = await runMakeTask(await withWorkspaceLocks(launch.task, context.root), {
    name: place.name,
    ...aroundPreparations(launch.environments, {
      workspaceRoot: context.root,
      name: project,
      root: place.projectRoot,
    }),
    ...(command === undefined ? {} : { command }),
    terminal: process.stdin.isTTY,
    report: (line) => {
      console.error(line);
    },
  });
  if (outcome.kind !== 'finished') console.error(outcome.message);
  return { success: outcome.code === 0 };
}
