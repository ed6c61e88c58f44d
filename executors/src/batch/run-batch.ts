import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { secretHider } from '@switchyard/tools/process';
import { nxArguments } from '../executors/make/exact-value.ts';
import { batchSettings } from './batch-settings.ts';
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

/** The tasks of a batch. */
export type BatchGraph = Pick<TaskGraph, 'tasks' | 'dependencies'>;

/** Where the output of a task goes: to ours, and into its result. */
export interface BatchOutput {
  readonly onOutput: (chunk: Uint8Array, stream: 'stdout' | 'stderr') => void;
  readonly report: (line: string) => void;
}

/** How a task ended: `stopped` starts no further ones. `message` is what to tell, where its program has not. */
export interface BatchTaskOutcome {
  readonly kind: string;
  readonly code: number;
  readonly message?: string;
}

/** Runs one task. `raw` are the arguments of the nx process, where they are known. */
export type RunBatchTask = (
  task: string,
  output: BatchOutput,
  raw: readonly string[],
) => Promise<BatchTaskOutcome>;

/** Runs all tasks of a batch in this process, as many at a time as nx would, in the order that they need. */
export async function* runBatch(
  taskGraph: BatchGraph,
  context: Pick<ExecutorContext, 'nxJsonConfiguration'>,
  run: RunBatchTask,
): AsyncGenerator<BatchTaskResult> {
  const raw = nxArguments(process.env);
  const settings = batchSettings(raw, process.env, context.nxJsonConfiguration.parallel);
  const ids = Object.keys(taskGraph.tasks);
  const ends = runGraph({
    dependencies: Object.fromEntries(ids.map((id) => [id, taskGraph.dependencies[id] ?? []])),
    width: settings.width,
    run: (id) => runOne(id, run, raw),
    judge: ({ code, kind }) => {
      if (kind === 'stopped') return 'stop';
      if (code === 0) return 'go-on';
      return settings.bail ? 'stop' : 'skip-dependants';
    },
  });
  const shown = isShownTwice(raw, process.env);
  for await (const end of ends) {
    const now = Date.now();
    if (end.kind === 'ran') {
      const success = end.result.code === 0;
      const { terminalOutput, startTime, endTime } = end.result;
      const status = success ? 'success' : 'failure';
      const result: BatchTaskResult['result'] & { terminalOutput: string } = {
        success,
        terminalOutput: shown ? '' : terminalOutput,
        startTime,
        endTime,
        status,
      };
      yield { task: end.task, result };
      // Nx has shown what it was sent, and keeps this object for the cache.
      result.terminalOutput = terminalOutput;
    } else {
      const terminalOutput = `${end.task} was skipped, because ${end.because} did not succeed.\n`;
      yield {
        task: end.task,
        result: { success: false, terminalOutput, startTime: now, endTime: now, status: 'skipped' },
      };
    }
  }
}

/** For a single task without its terminal UI, Nx shows the output as it comes and then once more with the result. */
function isShownTwice(
  raw: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const several = raw.includes('run-many') || raw.includes('affected');
  return raw.length > 0 && !several && environment['NX_TUI'] !== 'true';
}

interface Ran {
  readonly kind: string;
  readonly code: number;
  readonly terminalOutput: string;
  readonly startTime: number;
  readonly endTime: number;
}

async function runOne(name: string, run: RunBatchTask, raw: readonly string[]): Promise<Ran> {
  const startTime = Date.now();
  const chunks: Uint8Array[] = [];
  const onOutput = (chunk: Uint8Array, stream: 'stdout' | 'stderr'): void => {
    chunks.push(chunk);
    process[stream].write(chunk);
  };
  const report = (line: string): void => {
    onOutput(Buffer.from(`${line}\n`), 'stderr');
  };
  // One task that cannot be started must not take the others of the batch with it.
  const { kind, code, message } = await run(name, { onOutput, report }, raw).catch(unexpected(name));
  if (message !== undefined) report(message);
  const terminalOutput = secretHider(process.env)(Buffer.concat(chunks).toString('utf8'));
  return { kind, code, terminalOutput, startTime, endTime: Date.now() };
}

function unexpected(name: string) {
  return (error: unknown): BatchTaskOutcome => {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'unusable', code: 1, message: `${name}: ${reason}` };
  };
}
