import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { runMakeTask, type MakeOutcome } from '@switchyard/tools/make/run';
import { secretHider } from '@switchyard/tools/process';
import { batchSettings } from './batch-settings.ts';
import { aroundPreparations } from './environment-preparations.ts';
import { nxArguments } from './exact-value.ts';
import { nxCommand } from './nx-command.ts';
import { readLaunchOptions } from './launch-options.ts';
import { withWorkspaceLocks } from './workspace-locks.ts';
import { runGraph } from './run-graph.ts';

/** How one task of a batch ended, as Nx wants to hear it. */
export interface BatchTaskResult {
  readonly task: string;
  readonly result: {
    readonly success: boolean;
    readonly terminalOutput: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly status: 'success' | 'failure' | 'skipped';
  };
}

/** Runs all make tasks of a batch in one process, as many at a time as nx would. */
export default async function* batch(
  taskGraph: Pick<TaskGraph, 'tasks' | 'dependencies'>,
  options: Readonly<Record<string, unknown>>,
  _overrides: unknown,
  context: Pick<ExecutorContext, 'root' | 'nxJsonConfiguration'>,
): AsyncGenerator<BatchTaskResult> {
  const raw = nxArguments(process.env);
  const settings = batchSettings(raw, process.env, context.nxJsonConfiguration.parallel);
  const dependencies = Object.fromEntries(
    Object.keys(taskGraph.tasks).map((id) => [id, taskGraph.dependencies[id] ?? []]),
  );
  const ends = runGraph({
    dependencies,
    width: settings.width,
    run: (id) =>
      runOne(
        id,
        options[id],
        { workspace: context.root, projectRoot: taskGraph.tasks[id]?.projectRoot ?? '.' },
        raw,
      ),
    judge: ({ code, kind }) => {
      if (kind === 'stopped') return 'stop';
      if (code === 0) return 'go-on';
      return settings.bail ? 'stop' : 'skip-dependants';
    },
  });
  for await (const end of ends) {
    const now = Date.now();
    if (end.kind === 'ran') {
      const success = end.result.code === 0;
      const { terminalOutput, startTime, endTime } = end.result;
      const status = success ? 'success' : 'failure';
      yield { task: end.task, result: { success, terminalOutput, startTime, endTime, status } };
    } else {
      const terminalOutput = `${end.task} was skipped, because ${end.because} did not succeed.\n`;
      yield {
        task: end.task,
        result: { success: false, terminalOutput, startTime: now, endTime: now, status: 'skipped' },
      };
    }
  }
}

interface Ran {
  readonly kind: MakeOutcome['kind'] | 'unusable';
  readonly code: number;
  readonly terminalOutput: string;
  readonly startTime: number;
  readonly endTime: number;
}

async function runOne(
  name: string,
  options: unknown,
  folders: { readonly workspace: string; readonly projectRoot: string },
  raw: readonly string[],
): Promise<Ran> {
  const startTime = Date.now();
  const chunks: Uint8Array[] = [];
  const onOutput = (chunk: Uint8Array, stream: 'stdout' | 'stderr'): void => {
    chunks.push(chunk);
    process[stream].write(chunk);
  };
  const report = (line: string): void => {
    onOutput(Buffer.from(`${line}\n`), 'stderr');
  };
  const ran = (kind: Ran['kind'], code: number): Ran => {
    const terminalOutput = secretHider(process.env)(Buffer.concat(chunks).toString('utf8'));
    return { kind, code, terminalOutput, startTime, endTime: Date.now() };
  };
  const launch = readLaunchOptions(options, { ...folders, name }, raw);
  if (launch.kind === 'unusable') {
    report(launch.message);
    return ran(launch.kind, 1);
  }
  // One task that cannot be started must not take the others of the batch with it.
  const command = nxCommand(raw, process.env) ?? name;
  const outcome = await runMakeTask(await withWorkspaceLocks(launch.task, folders.workspace), {
    name,
    command,
    onOutput,
    report,
    ...aroundPreparations(launch.environments, {
      workspaceRoot: folders.workspace,
      name: name.slice(0, name.indexOf(':')),
      root: folders.projectRoot,
    }),
  }).catch(unexpected(name));
  if (outcome.kind !== 'finished') report(outcome.message);
  return ran(outcome.kind, outcome.code);
}

function unexpected(name: string) {
  return (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'unusable', code: 1, message: `${name}: ${reason}` } as const;
  };
}
