import type { Engine } from '../compose/index.ts';
import {
  followContainerEvents,
  listPlatformContainers,
  streamEngine,
  type OwnContainer,
} from '../platform/index.ts';
import { parseLogLine } from './log-line.ts';
import type { LogPrinter } from './log-printer.ts';
import { logSources } from './log-source.ts';
import { isShown, type LogsOutcome, type LogsRequest } from './show-logs.ts';

/** Where the history ended. */
export interface FollowStart {
  readonly shown: readonly OwnContainer[];
  /** The engine's time up to which everything is printed. */
  readonly since: string | undefined;
  readonly printer: LogPrinter;
  readonly signal?: AbortSignal;
}

/** Goes on printing what the containers write, and those that start later too, until the signal. Throws when the engine fails. */
export async function followLogs(
  engine: Engine,
  request: LogsRequest,
  { shown, since, printer, signal }: FollowStart,
): Promise<LogsOutcome> {
  const ended = new AbortController();
  const stop = AbortSignal.any([ended.signal, ...(signal === undefined ? [] : [signal])]);
  const followed = new Map<string, string>();
  const projects = new Set(request.environments.map(({ composeProject }) => composeProject));
  let failure: Error | undefined;

  const follow = (containers: readonly OwnContainer[], from: string | undefined): void => {
    const sources = logSources(containers);
    printer.makeRoomFor(sources);
    for (const source of sources) {
      const { id } = source;
      if (followed.has(id)) continue;
      followed.set(id, source.label);
      const args = ['logs', '--follow', '--timestamps', ...(from === undefined ? [] : ['--since', from]), id];
      const onLine = (line: Uint8Array, stream: 'stdout' | 'stderr'): void => {
        const parsed = parseLogLine(line);
        if (parsed.time === '' && stream === 'stderr') return;
        printer.print(source, parsed);
      };
      // It ends when the container does; it is followed again when it is started again.
      void streamEngine(engine, args, onLine, stop).then(() => followed.delete(id));
    }
  };
  const pickUp = async (): Promise<void> => {
    const { own } = await listPlatformContainers(engine, request);
    const running = own.filter((container) => container.state === 'running' && isShown(container, request));
    for (const container of running)
      if (!followed.has(container.id)) follow(running, new Date(container.startedAt).toISOString());
  };
  // The events first: what starts while the logs are opened is not missed.
  const events = followContainerEvents(
    engine,
    ({ action, composeProject }) => {
      if (action !== 'start' || !projects.has(composeProject)) return;
      pickUp().catch((error: unknown) => {
        failure ??= error instanceof Error ? error : new Error(String(error));
        ended.abort();
      });
    },
    stop,
  );
  follow(
    shown.filter(({ state }) => state === 'running'),
    since,
  );
  const end = await events;
  ended.abort();
  if (failure !== undefined) throw failure;
  return end.kind === 'stopped'
    ? { kind: 'shown' }
    : { kind: 'failed', message: `The engine stopped telling what happens: ${end.message}` };
}
