import type { Engine } from '../engine/index.ts';
import { endOrphans } from './end-orphans.ts';
import { lockEnvironment } from './environment-lock.ts';
import { readRecord, RecordFailure, removeRecord, writeRecord } from './environment-record.ts';
import { stopped } from './explain-failure.ts';
import type { ComposeInvocation, ComposeOutcome, EnvironmentInUse } from './lifecycle.ts';
import { recoverAbandoned } from './recover-abandoned.ts';
import { removeEnvironment, type DownOptions } from './remove-environment.ts';
import { withEngine } from './with-engine.ts';

/**
 * Takes an environment down: containers and networks, and volumes when asked. Works when its files are gone or broken
 * too. What is interrupted is finished by the next command.
 */
export function takeDown(
  environment: EnvironmentInUse,
  options: DownOptions,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  return withEngine(invocation, (engine) => takeDownNow(engine, environment, options, invocation));
}

async function takeDownNow(
  engine: Engine,
  environment: EnvironmentInUse,
  options: DownOptions,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const { composeProject, folder, files, variables } = environment;
  await recoverAbandoned(invocation, { except: composeProject });
  using locks = await lockEnvironment(composeProject, invocation, invocation.signal);
  if (locks === undefined) return stopped(invocation, 'down');
  const known = readRecord(composeProject);
  if (known !== undefined && known.state !== 'up') await endOrphans(composeProject);
  try {
    writeRecord({
      composeProject,
      folder,
      files: [...files],
      variables,
      pid: process.pid,
      state: 'going-down',
      run: known?.run ?? invocation.run ?? String(process.pid),
      by: invocation.name,
      down: true,
      containers: known?.containers ?? [],
      startedAt: Date.now(),
    });
  } catch (error) {
    if (!(error instanceof RecordFailure)) throw error;
    // Taking down is what makes room on a full disk.
    invocation.report(`${invocation.name}: ${error.message}`);
  }
  const outcome = await removeEnvironment(engine, environment, options, invocation);
  if (outcome.kind !== 'stopped') {
    removeRecord(composeProject);
    return outcome;
  }
  return { ...outcome, message: `${outcome.message} The next command does the rest.` };
}
