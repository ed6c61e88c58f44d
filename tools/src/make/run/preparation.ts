import { runProgram } from '../../process/index.ts';
import { makeArguments } from './make-arguments.ts';
import { makeEnvironment } from './make-environment.ts';
import type { MakeInvocation, MakeOutcome, MakeTask } from './make-task.ts';
import { missingMakeMessage } from './missing-make.ts';
import { oncePerRun } from './once-per-run.ts';
import { recipeLock } from './recipe-lock.ts';
import { currentRun, runFolder } from './run-folder.ts';
import { signalCode } from './signal-code.ts';

/** In the environment of a preparation: which ones are under way, from the outermost in. */
const underWay = 'SWITCHYARD_PREPARING';

/** Sees to it that a preparation of a task ran in this run. Undefined when it did, and well. */
export async function prepare(
  task: MakeTask,
  preparation: string,
  earlier: readonly string[],
  invocation: MakeInvocation,
): Promise<MakeOutcome | undefined> {
  const environment = invocation.environment ?? process.env;
  // Other variables may make it another preparation: `dev-up ENV=ci`.
  const key = JSON.stringify([
    task.folder,
    task.makefile ?? '',
    preparation,
    Object.entries(task.variables).sort(),
  ]);
  const outer: unknown = JSON.parse(environment[underWay] ?? '[]');
  const inner = Array.isArray(outer) ? outer.map(String) : [];
  if (inner.includes(key)) {
    const message = `${invocation.name} needs the preparation ${preparation}, and is run by that preparation itself.`;
    return { kind: 'preparation-failed', preparation, code: 2, message };
  }

  let instead: MakeOutcome | undefined;
  const make = async (locks: Readonly<Record<string, string>>): Promise<number | undefined> => {
    const outcome = await runProgram({
      file: 'make',
      args: makeArguments(task, preparation, [...task.upToDate, ...earlier], false),
      cwd: task.folder,
      environment: { ...makeEnvironment(environment), ...locks, [underWay]: JSON.stringify([...inner, key]) },
      ...(invocation.signal === undefined ? {} : { signal: invocation.signal }),
      ...(invocation.onOutput === undefined ? { passThrough: true } : { onOutput: invocation.onOutput }),
      maxOutput: 0,
    });
    switch (outcome.kind) {
      case 'exited':
        return outcome.code;
      case 'killed':
        invocation.report(
          `${invocation.name}: its preparation ${preparation} was ended by ${outcome.signal}.`,
        );
        return signalCode(outcome.signal);
      case 'stopped':
      case 'timed-out':
        return undefined;
      case 'missing':
        instead = { kind: 'missing-make', code: 127, message: missingMakeMessage(invocation.name) };
        return undefined;
    }
  };
  const result = await oncePerRun({
    folder: runFolder(invocation.run ?? currentRun(environment)),
    key,
    // What a task does that make is given whole may be the same: it then holds this lock.
    lock: recipeLock(task.folder, preparation),
    command: invocation.command ?? invocation.name,
    environment,
    work: (locks) => {
      const under = { ...invocation, environment: { ...environment, ...locks } };
      return invocation.aroundPreparation?.(preparation, () => make(locks), under) ?? make(locks);
    },
    onWait: (pid) => {
      invocation.report(
        `${invocation.name}: waiting for preparation ${preparation} of ${task.folder}, run by pid ${pid}`,
      );
    },
    ...(invocation.signal === undefined ? {} : { signal: invocation.signal }),
  });
  if (instead !== undefined) return instead;
  if (result === undefined) return stoppedOutcome(invocation.name);
  if (result.code === 0) return undefined;
  const message =
    `${invocation.name} was not run: its preparation ${preparation} failed with exit code ${result.code} ` +
    `(run by pid ${result.pid}).\nIts output is above, or above that of the first task that needs it. ` +
    `By itself it is \`make ${preparation}\` in ${task.folder}.`;
  return { kind: 'preparation-failed', preparation, code: result.code, message };
}

/** The outcome of a task that was told to stop. */
export function stoppedOutcome(name: string): MakeOutcome {
  return { kind: 'stopped', code: 130, message: `${name} was stopped.` };
}
