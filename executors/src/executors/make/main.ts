import path from 'node:path';
import { runMakeTask } from '@switchyard/tools/make/run';
import { aroundPreparations } from './environment-preparations.ts';
import { nxArguments } from './exact-value.ts';
import { nxCommand } from './nx-command.ts';
import { readLaunchArguments } from './launch-arguments.ts';
import { withWorkspaceLocks } from './workspace-locks.ts';

/** What `switchyard-make` does when it is more than becoming make. */
async function main(): Promise<number> {
  const { env } = process;
  const nameOf = (target: string): string => env['NX_TASK_TARGET_PROJECT']?.concat(':', target) ?? target;
  const raw = nxArguments(env);
  const command = nxCommand(raw, env);
  const launch = readLaunchArguments(process.argv.slice(2), process.cwd(), raw, nameOf);
  if (launch.kind === 'unusable') return tell(launch.message, 1);
  const workspaceRoot = env['NX_WORKSPACE_ROOT'] ?? process.cwd();
  const dryRun = launch.task.dryRun || (env['SWITCHYARD_DRY_RUN'] ?? '') !== '';
  const outcome = await runMakeTask(
    { ...(await withWorkspaceLocks(launch.task, workspaceRoot)), dryRun },
    {
      name: nameOf(launch.task.target),
      ...aroundPreparations(launch.environments, {
        workspaceRoot,
        name: env['NX_TASK_TARGET_PROJECT'] ?? path.basename(process.cwd()),
        root: path.relative(workspaceRoot, process.cwd()),
      }),
      ...(command === undefined ? {} : { command }),
      terminal: process.stdin.isTTY,
      report: (line) => void tell(line, 0),
    },
  );
  return outcome.kind === 'finished' ? outcome.code : tell(outcome.message, outcome.code);
}

function tell(message: string, code: number): number {
  process.stderr.write(`${message}\n`);
  return code;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = tell(error instanceof Error ? error.message : String(error), 1);
  },
);
