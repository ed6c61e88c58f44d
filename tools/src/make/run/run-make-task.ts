import { LockRefused } from '../../lock/index.ts';
import { runProgram } from '../../process/index.ts';
import { formatDuration } from '../../duration/index.ts';
import { makeArguments } from './make-arguments.ts';
import { makeEnvironment } from './make-environment.ts';
import type { MakeInvocation, MakeOutcome, MakeTask } from './make-task.ts';
import { missingMakeMessage } from './missing-make.ts';
import { prepare, stoppedOutcome } from './preparation.ts';
import { signalCode } from './signal-code.ts';
import { underLocks } from './under-locks.ts';

/**
 * Runs a make target in its folder: under its locks, its preparations where this run has not
 * done them yet, then its recipe.
 */
export async function runMakeTask(task: MakeTask, invocation: MakeInvocation): Promise<MakeOutcome> {
  try {
    if (task.dryRun) return await runPrepared(task, invocation);
    return await underLocks(task, invocation, runPrepared);
  } catch (error) {
    if (!(error instanceof LockRefused)) throw error;
    return { kind: 'lock-refused', code: 1, message: `${invocation.name} was not run. ${error.message}` };
  }
}

async function runPrepared(task: MakeTask, invocation: MakeInvocation): Promise<MakeOutcome> {
  const done: string[] = [];
  for (const preparation of task.preparations) {
    const failure = task.dryRun
      ? await showOnly(task, preparation, done, invocation)
      : await prepare(task, preparation, done, invocation);
    if (failure !== undefined) return failure;
    done.push(preparation);
  }
  return runGoal(task, task.target, done, invocation);
}

/** What a dry run shows of a preparation; undefined when make could tell. */
async function showOnly(
  task: MakeTask,
  preparation: string,
  earlier: readonly string[],
  invocation: MakeInvocation,
): Promise<MakeOutcome | undefined> {
  const outcome = await runGoal(task, preparation, earlier, invocation);
  return outcome.code === 0 ? undefined : outcome;
}

async function runGoal(
  task: MakeTask,
  goal: string,
  done: readonly string[],
  invocation: MakeInvocation,
): Promise<MakeOutcome> {
  const { name, onOutput, signal } = invocation;
  const { timeout } = task;
  const outcome = await runProgram({
    file: 'make',
    args: makeArguments(task, goal, [...task.upToDate, ...done], task.dryRun),
    cwd: task.folder,
    environment: makeEnvironment(invocation.environment ?? process.env),
    ...(timeout === undefined ? {} : { timeout }),
    ...(signal === undefined ? {} : { signal }),
    ...(onOutput === undefined ? { passThrough: true } : { onOutput }),
    // A timeout has to end everything below make, which one that shares our process group does not allow.
    ...(invocation.terminal === true && timeout === undefined ? { terminal: true } : {}),
    maxOutput: 0,
  });
  switch (outcome.kind) {
    case 'exited':
      return { kind: 'finished', code: outcome.code };
    case 'killed': {
      const message = `${name}: make was ended by ${outcome.signal}, which neither it nor Switchyard sent.`;
      return { kind: 'killed', signal: outcome.signal, code: signalCode(outcome.signal), message };
    }
    case 'timed-out': {
      const message =
        `${name} was ended: it took longer than ${formatDuration(outcome.timeout)}.\n` +
        `Give it more time with \`@timeout(10m)\` in the comment of ${goal}, or with the option \`timeout\`.`;
      return { kind: 'timed-out', code: 124, message };
    }
    case 'stopped':
      return stoppedOutcome(name);
    case 'missing':
      return { kind: 'missing-make', code: 127, message: missingMakeMessage(name) };
  }
}
