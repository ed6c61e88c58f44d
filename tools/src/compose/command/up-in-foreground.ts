import { findEngine, type Engine } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import {
  bringUp,
  runCompose,
  takeDown,
  type ComposeInvocation,
  type ComposeOutcome,
  type UpOptions,
  type UpOutcome,
} from '../lifecycle/index.ts';
import { listenForStop } from '../../process/index.ts';
import { guardEnvironment, type GuardedEnvironment } from './guard-environment.ts';

/** An environment that is up, for as long as somebody looks at it. */
export interface ForegroundUp {
  /** How it came up. */
  readonly up: UpOutcome;
  /**
   * Shows its logs until we are stopped, or nothing of it runs any more; then takes it down, if it was not up before.
   */
  readonly follow: () => Promise<ComposeOutcome>;
}

/** Brings an environment up, to be followed until somebody stops it. */
export async function upInForeground(
  environment: NamedEnvironment,
  options: UpOptions,
  invocation: ComposeInvocation,
): Promise<ForegroundUp> {
  const before = Date.now();
  let guarded: GuardedEnvironment | undefined;
  const whenReady = async (): Promise<void> => {
    guarded = await guardEnvironment(environment, invocation.name);
  };
  const up = await bringUp(environment, { ...options, whenReady }, invocation);
  return {
    up,
    follow: async () => {
      if (up.kind !== 'ready') return up;
      const found = await findEngine(invocation.environment);
      if (found.kind !== 'found')
        return { kind: 'failed', reason: 'engine', code: 1, message: `${invocation.name}: ${found.message}` };
      const since = up.changed ? before : Date.now();
      return followUntilStopped(found.engine, environment, { ...options, since, guarded }, invocation);
    },
  };
}

interface Follow extends UpOptions {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Undefined when it was up before, and stays so. */
  readonly guarded: GuardedEnvironment | undefined;
}

async function followUntilStopped(
  engine: Engine,
  environment: NamedEnvironment,
  { since, guarded, services = [] }: Follow,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  // Whoever told us to stop may be gone already, and nobody reads what we write; taking down goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  using stop = listenForStop();
  // v1 cannot tell what is new.
  const part = engine.compose.kind === 'v2' ? ['--since', new Date(since).toISOString()] : ['--tail', '20'];
  await runCompose(engine, environment, ['logs', '--follow', ...part, ...services], invocation);
  await guarded?.end();
  if (!stop.stopped() && invocation.signal?.aborted !== true) return { kind: 'done', code: 0 };
  if (guarded !== undefined) {
    // Does nothing where the guardian was in time.
    const down = await takeDown(environment, {}, { ...invocation, signal: new AbortController().signal });
    if (down.kind !== 'done') return down;
  }
  const left = guarded === undefined ? 'It was up before and stays up.' : 'It is down.';
  return { kind: 'stopped', code: 130, message: `${invocation.name} was stopped. ${left}` };
}
