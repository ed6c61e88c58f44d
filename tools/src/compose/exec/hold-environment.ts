import { acquireLocks, waitingMessage, type HeldLocks, type LockWish } from '../../lock/index.ts';
import { findEngine, type Engine } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import {
  stateOf,
  type ComposeFailure,
  type ComposeInvocation,
  type ComposeStopped,
  type ServiceState,
} from '../lifecycle/index.ts';
import { comparedAt } from '../lifecycle/compared-at.ts';
import { isUpToDate } from '../lifecycle/is-up-to-date.ts';
import { prepareEnvironment } from './prepare-environment.ts';
import { rememberReady, stillReady } from './ready-before.ts';

/** How an environment is needed. */
export interface EnvironmentNeed {
  /** Whether it is brought up, healthy, when it is not. */
  readonly up: boolean;
  /**
   * Who else may use it meanwhile: others that share it too, nobody, or (`none`) anybody, who may even take it down: for a
   * person who looks around.
   */
  readonly lock: 'shared' | 'exclusive' | 'none';
  /** Whether what is brought up for it is taken down at the end of the run, even when that is killed. */
  readonly down?: boolean;
  /** Names of locks of what it shares with other environments: `port:5432`, `container:postgres-test`. */
  readonly resources?: readonly string[];
}

/** An environment that stays as it is until it is released. */
export interface HeldEnvironment {
  readonly kind: 'held';
  readonly engine: Engine;
  readonly services: readonly ServiceState[];
  /** To be added to the environment of programs that use it. */
  readonly variables: Readonly<Record<string, string>>;
  readonly release: () => void;
}

/** How often an environment may be taken down by others between our bringing it up and holding it. */
const attempts = 5;

/** Takes the locks of an environment and sees to it that it is up. */
export async function holdEnvironment(
  environment: NamedEnvironment,
  need: EnvironmentNeed,
  invocation: ComposeInvocation,
): Promise<HeldEnvironment | ComposeFailure | ComposeStopped> {
  const found = await findEngine(invocation.environment);
  if (found.kind !== 'found')
    return { kind: 'failed', reason: 'engine', code: 1, message: `${invocation.name}: ${found.message}` };
  // Kept while it is brought up too: what wants the same port in another environment must not come in between.
  const shared = await acquire(resourceLocks(environment, need), invocation);
  if (shared === undefined) return stoppedWaiting(invocation);
  let held: HeldEnvironment | ComposeFailure | ComposeStopped | undefined;
  try {
    const variables = { ...(invocation.environment ?? process.env), ...shared.environment };
    held = await holdOwn(found.engine, environment, need, { ...invocation, environment: variables });
  } finally {
    if (held?.kind !== 'held') shared.release();
  }
  if (held.kind !== 'held') return held;
  const { release } = held;
  return {
    ...held,
    release: () => {
      release();
      shared.release();
    },
  };
}

/** The same, without what it shares with other environments. */
async function holdOwn(
  engine: Engine,
  environment: NamedEnvironment,
  need: EnvironmentNeed,
  invocation: ComposeInvocation,
): Promise<HeldEnvironment | ComposeFailure | ComposeStopped> {
  const { composeProject } = environment;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const mode = need.lock;
    const locks = await acquire(
      mode === 'none' ? [] : [{ name: `compose:${composeProject}`, mode }],
      invocation,
    );
    if (locks === undefined) return stoppedWaiting(invocation);
    let held: HeldEnvironment | ComposeFailure | ComposeStopped | undefined;
    try {
      held = await upWith(engine, environment, need, locks, invocation);
      if (held !== undefined) return held;
    } finally {
      if (held?.kind !== 'held') locks.release();
    }
    // Bringing up needs the environment for itself, and then it is shared again.
    const up = await prepareEnvironment(environment, need, invocation);
    if (up.kind !== 'ready') return up;
  }
  const message = `${invocation.name}: ${composeProject} was taken down again and again by somebody else.\nSee who does it: \`nx compose:logs ${environment.project} -c ${environment.name}\`.`;
  return { kind: 'failed', reason: 'other', code: 1, message };
}

/** Undefined when it is not up, and our locks do not allow to bring it up. */
async function upWith(
  engine: Engine,
  environment: NamedEnvironment,
  need: EnvironmentNeed,
  locks: HeldLocks,
  invocation: ComposeInvocation,
): Promise<HeldEnvironment | ComposeFailure | ComposeStopped | undefined> {
  const hold = (services: readonly ServiceState[]): HeldEnvironment => {
    if (need.up) rememberReady(environment, services);
    const release = (): void => {
      locks.release();
    };
    return { kind: 'held', engine, services, variables: locks.environment, release };
  };
  const before = need.up ? await stillReady(engine, environment) : undefined;
  if (before !== undefined) return hold(before);
  if (need.up && need.lock !== 'shared') {
    const given = { ...(invocation.environment ?? process.env), ...locks.environment };
    const up = await prepareEnvironment(environment, need, { ...invocation, environment: given });
    return up.kind === 'ready' ? hold(up.services) : up;
  }
  const services = await stateOf(engine, environment);
  const containers = services.flatMap((service) => service.containers);
  const compared = comparedAt(environment);
  return !need.up || isUpToDate(environment, [], services, containers, compared) ? hold(services) : undefined;
}

/** Commands in one environment go together; what wants the same port in another one has to wait. */
function resourceLocks(
  { composeProject }: NamedEnvironment,
  { lock, resources = [] }: EnvironmentNeed,
): LockWish[] {
  return lock === 'none' ? [] : resources.map((name) => ({ name, mode: lock, group: composeProject }));
}

function acquire(locks: readonly LockWish[], invocation: ComposeInvocation): Promise<HeldLocks | undefined> {
  return acquireLocks({
    locks,
    command: invocation.name,
    onWait: (name, holder) => {
      invocation.report(`${invocation.name}: ${waitingMessage(name, holder)}`);
    },
    ...(invocation.signal === undefined ? {} : { signal: invocation.signal }),
    ...(invocation.environment === undefined ? {} : { environment: invocation.environment }),
  });
}

function stoppedWaiting({ name }: ComposeInvocation): ComposeStopped {
  return { kind: 'stopped', code: 130, message: `${name} was stopped while it waited.` };
}
