import { isAlive } from '../../process/index.ts';
import { findEngine, inspectContainers, type Engine, type EngineContainer } from '../engine/index.ts';
import { endOrphans } from './end-orphans.ts';
import { lockEnvironmentAtOnce } from './environment-lock.ts';
import { readRecord, readRecords, removeRecord, type EnvironmentRecord } from './environment-record.ts';
import type { ComposeInvocation } from './lifecycle.ts';
import { removeEnvironment } from './remove-environment.ts';
import { projectContainers } from './service-state.ts';

/** Milliseconds that containers have to stop which nobody waits for any more. */
const quickStop = 2000;

/**
 * Takes down what an earlier command left half up or half down because it was killed, and what was to be taken down at the
 * end of a run that was killed. What is complete and may stay, stays. Costs one look into a folder when there is nothing.
 */
export async function recoverAbandoned(
  invocation: ComposeInvocation,
  { except }: { except?: string } = {},
): Promise<void> {
  const abandoned = readRecords().filter(
    (record) => record.composeProject !== except && mayBeAbandoned(record),
  );
  for (const { composeProject } of abandoned) await recover(composeProject, invocation);
}

/** Takes down what a run brought up for its tasks, when it is to be; what another run uses now is left to that. */
export async function endOfRun(
  run: string,
  { down }: { down: boolean },
  invocation: ComposeInvocation,
): Promise<void> {
  if (!down) return;
  const own = readRecords().filter((record) => record.run === run && record.state === 'up');
  await Promise.all(own.map(({ composeProject }) => removeRecorded(composeProject, invocation)));
}

/** What became of an environment that was to be removed because a task had brought it up. */
export type Removal =
  | {
      readonly kind: 'removed';
      /** What had brought it up. */
      readonly by: string;
    }
  /** Somebody else was faster. */
  | { readonly kind: 'gone' }
  /** Somebody uses it, or it is a person's. */
  | { readonly kind: 'left' };

/**
 * Takes down an environment that was brought up for a task, if nobody uses it now (or within `patience` milliseconds) and
 * it still is what was brought up.
 */
export async function removeRecorded(
  composeProject: string,
  invocation: ComposeInvocation,
  { patience = 0 }: { patience?: number } = {},
): Promise<Removal> {
  const found = await findEngine(invocation.environment);
  if (found.kind !== 'found') return { kind: 'left' };
  using locks = await lockEnvironmentAtOnce(composeProject, invocation, patience);
  if (locks === undefined) return { kind: 'left' };
  const record = readRecord(composeProject);
  const containers = await projectContainers(found.engine, composeProject);
  if (record === undefined && containers.length === 0) return { kind: 'gone' };
  if (record?.state !== 'up') return { kind: 'left' };
  if (!containers.every(({ id, oneOff }) => oneOff || record.containers.includes(id))) {
    // Somebody has brought it up anew since: it is theirs.
    removeRecord(composeProject);
    return { kind: 'left' };
  }
  const outcome = await removeEnvironment(found.engine, record, { timeout: quickStop }, quiet(invocation));
  if (outcome.kind !== 'done') return { kind: 'left' };
  removeRecord(composeProject);
  return { kind: 'removed', by: record.by };
}

/** Removes the record of what somebody else has taken down meanwhile, so that nobody has to look for it again. */
export async function forgetGone(
  engine: Engine,
  composeProject: string,
  invocation: ComposeInvocation,
): Promise<void> {
  using locks = await lockEnvironmentAtOnce(composeProject, invocation);
  const record = locks === undefined ? undefined : readRecord(composeProject);
  if (record?.state !== 'up') return;
  if ((await inspectContainers(engine, record.containers)).length === 0) removeRecord(composeProject);
}

/** For sure it is when its lock can be had too: an id of a process may have been given to another one. */
function mayBeAbandoned({ state, pid, down, run }: EnvironmentRecord): boolean {
  return state === 'up' ? down && !isAlive(parseInt(run, 10)) : !isAlive(pid);
}

async function recover(composeProject: string, invocation: ComposeInvocation): Promise<void> {
  const found = await findEngine(invocation.environment);
  if (found.kind !== 'found') return;
  const wasUp = readRecord(composeProject)?.state === 'up';
  if (wasUp) {
    await removeRecorded(composeProject, invocation);
    return;
  }
  using locks = await lockEnvironmentAtOnce(composeProject, invocation);
  const record = locks === undefined ? undefined : readRecord(composeProject);
  if (record === undefined || record.state === 'up') return;
  const containers = await projectContainers(found.engine, composeProject);
  if (record.state === 'going-down' && containers.some((container) => isNewerThan(record, container))) {
    removeRecord(composeProject);
    return;
  }
  invocation.report(
    `${invocation.name}: taking down ${composeProject}, which ${record.by} left half ${record.state === 'coming-up' ? 'up' : 'down'}`,
  );
  await endOrphans(composeProject);
  const outcome = await removeEnvironment(found.engine, record, { timeout: quickStop }, quiet(invocation));
  if (outcome.kind === 'done') removeRecord(composeProject);
  else if ('message' in outcome) invocation.report(outcome.message);
}

/** Nothing starts while an environment goes down: somebody has brought it up again since, and it is theirs. */
function isNewerThan({ startedAt }: EnvironmentRecord, container: EngineContainer): boolean {
  const isStarted = container.state === 'running' && container.restarts === 0;
  return container.createdAt > startedAt || (isStarted && container.startedAt > startedAt);
}

/** What compose writes while it cleans up after another command is no part of this one's output. */
function quiet(invocation: ComposeInvocation): ComposeInvocation {
  return { ...invocation, onOutput: () => undefined };
}
