import { runProgram } from '../../process/index.ts';
import type { Engine } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import { orphanMark } from './end-orphans.ts';

/** What the engine says about the containers of a compose project while it is followed. */
export interface Changes extends AsyncDisposable {
  /** Resolves with the next change, or when the time (milliseconds) is over or the signal is aborted. */
  next(timeout: number, signal?: AbortSignal): Promise<void>;
}

const start = /"(?:Action|Status)":"start"/i;

/** Whose changes are followed, and until when at the latest, by `performance.now()`. */
export interface Followed {
  readonly engine: Engine;
  readonly environment: Pick<NamedEnvironment, 'composeProject'>;
  readonly deadline: number;
}

/** Who is told at once. */
export interface Told {
  /** A container started. */
  readonly onStart: () => void;
  /** One died with something else than 0, or became unhealthy. */
  readonly onTrouble: () => void;
}

/** A change that means trouble: a container died with something else than 0, or its health check gave up. */
const trouble = /"exitCode":"(?!0")|"Action":"(?:health_status: unhealthy|oom)|"Status":"(?:unhealthy|oom)"/i;

/**
 * Follows the engine's events of a compose project from now on, so that nobody has to ask again and again.
 * Tells at once when a container started, and when one died or became unhealthy.
 */
export function followChanges(
  { engine, environment, deadline }: Followed,
  { onStart, onTrouble }: Told,
): Changes {
  const end = new AbortController();
  let pending = false;
  let wake: (() => void) | undefined;
  // From now: what happens before the engine's program has started is told too.
  const since = (Date.now() / 1000).toFixed(3);
  // Ends by itself when we are killed.
  const until = Math.ceil((Date.now() + deadline - performance.now()) / 1000) + 5;
  const filters = [
    'type=container',
    `label=com.docker.compose.project=${environment.composeProject}`,
    ...['start', 'die', 'oom', 'health_status', 'destroy'].map((event) => `event=${event}`),
  ].flatMap((filter) => ['--filter', filter]);
  const following = runProgram({
    file: engine.program,
    args: ['events', '--since', since, '--until', String(until), ...filters, '--format', '{{json .}}'],
    environment: { ...process.env, [orphanMark]: environment.composeProject },
    signal: end.signal,
    maxOutput: 4096,
    onOutput: (chunk, stream) => {
      if (stream === 'stderr') return;
      pending = true;
      wake?.();
      const text = Buffer.from(chunk).toString();
      if (start.test(text)) onStart();
      if (trouble.test(text)) onTrouble();
    },
  });
  return {
    async next(timeout, signal) {
      if (!pending && signal?.aborted !== true)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeout);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
          signal?.addEventListener('abort', wake, { once: true });
        });
      if (wake !== undefined) signal?.removeEventListener('abort', wake);
      wake = undefined;
      pending = false;
    },
    async [Symbol.asyncDispose]() {
      end.abort();
      await following;
    },
  };
}
