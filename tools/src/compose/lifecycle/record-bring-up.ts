import { acquireLocks, waitingMessage } from '../../lock/index.ts';
import { onStop } from '../../process/index.ts';
import { findEngine, type Engine } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import { orphanMark } from './end-orphans.ts';
import { environmentContainers, refuseForeign } from './environment-containers.ts';
import { readRecord, removeRecord, writeRecord, type EnvironmentRecord } from './environment-record.ts';
import type { ComposeInvocation } from './lifecycle.ts';
import { makeRoom } from './make-room.ts';
import { recordOf } from './record-of.ts';
import { recoverAbandoned } from './recover-abandoned.ts';
import { removeEnvironment } from './remove-environment.ts';
import { withEngine } from './with-engine.ts';

/** Milliseconds that containers have to stop when what was begun is undone. */
const quickStop = 2000;

/** A program that brings an environment up; it is to have these variables, by which it is found when we are killed. */
type BringingUp = (variables: Readonly<Record<string, string>>) => Promise<number | undefined>;

/**
 * Keeps the record of an environment while a program that we do not know brings it up for a task, such as a recipe: `work`
 * gives its exit code, or undefined when it was stopped. What was not there before is taken down again when that happens,
 * by the next command if need be. Who calls it holds the lock of the environment at least together with others.
 */
export async function recordBringUp(
  environment: NamedEnvironment,
  { down }: { readonly down: boolean },
  invocation: ComposeInvocation,
  work: BringingUp,
): Promise<number | undefined> {
  const found = await findEngine(invocation.environment);
  // The recipe itself says what it misses.
  if (found.kind !== 'found') return await work({});
  const { engine } = found;
  const { composeProject } = environment;
  await recoverAbandoned(invocation, { except: environment });
  // Tasks that share the environment may all want it up; one of them at a time.
  using locks = await acquireLocks({
    locks: [{ name: `compose-up:${composeProject}`, mode: 'exclusive' }],
    command: invocation.name,
    environment: invocation.environment ?? process.env,
    ...(invocation.signal === undefined ? {} : { signal: invocation.signal }),
    onWait: (name, holder) => {
      invocation.report(`${invocation.name}: ${waitingMessage(name, holder)}`);
    },
  });
  if (locks === undefined) return undefined;
  const end = Promise.withResolvers<undefined>();
  const stop = new AbortController();
  const hold = onStop(() => {
    stop.abort();
    return end.promise;
  });
  try {
    return await recordWork({ engine, environment, down, invocation, stop: stop.signal }, work);
  } finally {
    end.resolve(undefined);
    hold[Symbol.dispose]();
  }
}

interface Recorded {
  readonly engine: Engine;
  readonly environment: NamedEnvironment;
  readonly down: boolean;
  readonly invocation: ComposeInvocation;
  /** Aborted when this process is told to stop. */
  readonly stop: AbortSignal;
}

async function recordWork(recorded: Recorded, work: BringingUp): Promise<number | undefined> {
  const { engine, environment, down, invocation, stop } = recorded;
  const { composeProject } = environment;
  const record = (state: EnvironmentRecord['state'], containers: readonly string[]): void => {
    writeRecord(recordOf(environment, invocation, { state, down, containers }));
  };
  const idsNow = async (): Promise<string[]> =>
    (await environmentContainers(engine, environment)).own.map(({ id }) => id);
  const found = await environmentContainers(engine, environment);
  const refused = refuseForeign(environment, found, { engine, invocation });
  if (refused !== undefined) {
    invocation.report(refused.message);
    return refused.code;
  }
  const before = found.own.map(({ id }) => id);
  const known = readRecord(composeProject);
  // What somebody brought up by hand is never taken down by us.
  const ours =
    before.length === 0 || (known?.state === 'up' && before.every((id) => known.containers.includes(id)));
  if (before.length === 0) record('coming-up', []);
  const signal = AbortSignal.any([stop, ...(invocation.signal === undefined ? [] : [invocation.signal])]);
  await makeRoom(engine, environment, { ...invocation, signal });
  const code = signal.aborted ? undefined : await work({ [orphanMark]: composeProject });
  const containers = await idsNow();
  // Containers that are not ready tell why; a network alone tells nothing.
  const isOfNoUse = code === undefined || (code !== 0 && containers.length === 0);
  if (isOfNoUse && before.length === 0) {
    const silent = { ...invocation, signal: new AbortController().signal, onOutput: () => undefined };
    const undone = await withEngine(silent, () =>
      removeEnvironment(engine, environment, { timeout: quickStop }, silent),
    );
    if (undone.kind === 'done') removeRecord(composeProject);
    return code;
  }
  if (ours && containers.length > 0) record('up', containers);
  else removeRecord(composeProject);
  return code;
}
