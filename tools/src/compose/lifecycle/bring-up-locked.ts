import { onStop } from '../../process/index.ts';
import { EngineError, type Engine, type EngineContainer } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import type { UpOptions } from './bring-up.ts';
import { describeUnready } from './describe-unready.ts';
import { environmentContainers } from './environment-containers.ts';
import { readRecord, removeRecord, writeRecord, type EnvironmentRecord } from './environment-record.ts';
import { stopped } from './explain-failure.ts';
import type { ComposeInvocation, UpOutcome } from './lifecycle.ts';
import { roomMade, roomPatience } from './make-room.ts';
import { neededServices } from './needed-services.ts';
import { recordOf } from './record-of.ts';
import { removeRecorded } from './recover-abandoned.ts';
import { removeEnvironment } from './remove-environment.ts';
import { defaultTimeouts, hasChanged, upAndWait, type UpResult } from './up-and-wait.ts';
import { withEngine } from './with-engine.ts';

/** Bringing up, once its lock is held. */
export interface LockedUp {
  readonly engine: Engine;
  readonly environment: NamedEnvironment;
  readonly options: UpOptions;
  readonly invocation: ComposeInvocation;
  /** By `performance.now()`. */
  readonly started: number;
  readonly signal: AbortSignal;
  /** The containers as they are now. */
  readonly before: readonly EngineContainer[];
}

/** Compose projects that are taken down when this process is told to stop. */
const atStop = new Set<string>();

/** Milliseconds that the tasks which are being stopped have to let go of an environment. */
const lastPatience = 5000;

/** Milliseconds that somebody else's taking down may take when a person wants a port. */
const briefPatience = 5000;

/** Milliseconds that containers have to stop when what was begun is undone. */
const quickStop = 2000;

/** Brings an environment up under its lock, and keeps the record of it true whatever happens. */
export async function bringUpLocked(up: LockedUp): Promise<UpOutcome> {
  const { engine, environment, before, invocation } = up;
  // What somebody brought up by hand is never taken down by us.
  const ours = before.length === 0 || isRecorded(environment.composeProject, before);
  if (ours) record(up, 'coming-up', before);
  const outcome = await upAndRecord(up, ours);
  if (keeps(outcome) || before.length > 0) return outcome;
  // When even that fails, the record stays, and the next command does it.
  const undone = await withEngine(invocation, () =>
    removeEnvironment(engine, environment, { timeout: quickStop }, silent(invocation)),
  );
  if (undone.kind === 'done') removeRecord(environment.composeProject);
  return outcome;
}

async function upAndRecord(up: LockedUp, ours: boolean): Promise<UpOutcome> {
  const { engine, environment, options, before, invocation, signal } = up;
  try {
    const outcome = await outcomeOf(await upWithRoom(up, before), up, before);
    if (!keeps(outcome) && before.length === 0) return outcome;
    if (ours && options.preparation === true) {
      const { own } = await environmentContainers(engine, environment);
      record(up, 'up', own);
      if (options.down === true) takeDownAtStop(environment.composeProject, silent(invocation));
    } else {
      if (outcome.kind === 'ready' && !outcome.wasUp) await options.whenReady?.();
      removeRecord(environment.composeProject);
    }
    return outcome;
  } catch (error) {
    // Who is told to stop ends the programs that ask the engine too: it answers as well as before.
    if (error instanceof EngineError && signal.aborted) return stopped(invocation, 'up');
    throw error;
  }
}

/** Whether what came up is left there: ready, or worth a look because its containers tell why it is not. */
function keeps(outcome: UpOutcome): boolean {
  if (outcome.kind === 'failed') return outcome.reason === 'unhealthy' || outcome.reason === 'timed-out';
  return outcome.kind === 'ready';
}

/** Takes down, as often as need be, what was brought up for tasks and has a port or a name that is needed here. */
async function upWithRoom(up: LockedUp, before: readonly EngineContainer[]): Promise<UpResult> {
  const { engine, environment, options, invocation, started, signal } = up;
  const services = neededServices(environment, options.services ?? []);
  const args = [...(options.build === true ? ['--build'] : []), ...(options.services ?? [])];
  const left = (): { timeout?: number } =>
    options.timeout === undefined
      ? {}
      : { timeout: Math.max(1, started + options.timeout - performance.now()) };
  for (;;) {
    const request = { engine, environment, services, before, signal, args, ...left() };
    const result = await upAndWait(request, { ...invocation, signal });
    const inTheWay = result.kind === 'gave-up' && result.failure.kind === 'failed' && result.failure.inTheWay;
    if (typeof inTheWay !== 'string' || inTheWay === environment.composeProject) return result;
    const patience = options.preparation === true ? roomPatience : briefPatience;
    const removal = await removeRecorded(inTheWay, { ...invocation, signal }, { patience });
    if (removal.kind === 'left') return result;
    if (removal.kind === 'removed') invocation.report(roomMade(invocation, inTheWay, removal.by));
  }
}

async function outcomeOf(
  result: UpResult,
  { engine, environment, options, invocation, started }: LockedUp,
  before: readonly EngineContainer[],
): Promise<UpOutcome> {
  switch (result.kind) {
    case 'gave-up':
      return result.failure;
    case 'stopped':
      return stopped(invocation, 'up');
    case 'ready': {
      const containers = result.services.flatMap((service) => service.containers);
      const milliseconds = performance.now() - started;
      return {
        kind: 'ready',
        services: result.services,
        milliseconds,
        changed: hasChanged(containers, before),
        wasUp: before.some(({ state }) => state === 'running'),
      };
    }
    case 'failed':
    case 'timed-out': {
      const late =
        result.kind === 'timed-out'
          ? `not ready within ${(options.timeout ?? defaultTimeouts.start) / 1000} s. `
          : '';
      const why = await describeUnready(engine, environment, result.services);
      const logs = `nx compose:logs ${environment.project} -c ${environment.name}`;
      return {
        kind: 'failed',
        reason: result.kind === 'timed-out' ? 'timed-out' : 'unhealthy',
        code: 1,
        message: `${invocation.name}: ${late}${why}\nSee all of it with \`${logs}\`.`,
      };
    }
  }
}

/** When this process is told to stop, the run ends with it, and nobody takes its environments down later. */
function takeDownAtStop(composeProject: string, invocation: ComposeInvocation): void {
  if (atStop.has(composeProject)) return;
  atStop.add(composeProject);
  onStop(async () => {
    await removeRecorded(composeProject, invocation, { patience: lastPatience });
  });
}

function isRecorded(composeProject: string, containers: readonly EngineContainer[]): boolean {
  const record = readRecord(composeProject);
  return record?.state === 'up' && containers.every(({ id }) => record.containers.includes(id));
}

function record(
  { environment, options, invocation }: LockedUp,
  state: EnvironmentRecord['state'],
  containers: readonly EngineContainer[],
): void {
  const down = options.down === true;
  const ids = containers.map(({ id }) => id);
  writeRecord(recordOf(environment, invocation, { state, down, containers: ids }));
}

/** Undoing goes on although the invocation was stopped, and is no part of its output. */
function silent(invocation: ComposeInvocation): ComposeInvocation {
  return { ...invocation, signal: new AbortController().signal, onOutput: () => undefined };
}
