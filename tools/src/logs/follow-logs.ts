import type { Engine } from '../compose/index.ts';
import {
  followContainerEvents,
  listPlatformContainers,
  streamEngine,
  type OwnContainer,
} from '../platform/index.ts';
import { parseLogLine, type LogLine } from './log-line.ts';
import type { LogPrinter } from './log-printer.ts';
import { logSources, type LogSource } from './log-source.ts';
import { isShown, type LogsOutcome, type LogsRequest } from './show-logs.ts';

/** Milliseconds that lines are held back: the two streams of a container, and several containers, come in any order. */
const sortingTime = 100;

/** Where the history ended. */
export interface FollowStart {
  readonly shown: readonly OwnContainer[];
  /** The engine's time up to which everything is printed. */
  readonly since: string;
  readonly printer: LogPrinter;
  /** Told of containers before their first line is printed. */
  readonly learn: (containers: readonly OwnContainer[]) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** Goes on printing what the containers write, and those that start later too, until the signal. Throws when the engine fails. */
export async function followLogs(
  engine: Engine,
  request: LogsRequest,
  { shown, since, printer, learn, signal }: FollowStart,
): Promise<LogsOutcome> {
  const ended = new AbortController();
  const stop = AbortSignal.any([ended.signal, ...(signal === undefined ? [] : [signal])]);
  const projects = new Set(request.environments.map(({ composeProject }) => composeProject));
  const sorter = lineSorter(printer);
  const follow = follower(engine, since, sorter.add, stop);
  let failure: Error | undefined;

  const pickUp = async (id: string): Promise<void> => {
    const { own } = await listPlatformContainers(engine, request);
    const wanted = own.filter((container) => isShown(container, request));
    await learn(wanted);
    const sources = logSources(wanted);
    printer.makeRoomFor(sources);
    // One that has ended again already has something to say all the more.
    for (const source of sources) if (source.id === id) follow(source);
  };
  // The events first: what starts while the logs are opened is not missed.
  const events = followContainerEvents(
    engine,
    ({ action, id, composeProject }) => {
      if (action !== 'start' || !projects.has(composeProject)) return;
      pickUp(id).catch((error: unknown) => {
        failure ??= error instanceof Error ? error : new Error(String(error));
        ended.abort();
      });
    },
    stop,
  );
  const running = new Set(shown.flatMap(({ id, state }) => (state === 'running' ? [id] : [])));
  for (const source of logSources(shown)) if (running.has(source.id)) follow(source);
  const end = await events;
  ended.abort();
  sorter.flush();
  if (failure !== undefined) throw failure;
  return end.kind === 'stopped'
    ? { kind: 'shown' }
    : { kind: 'failed', message: `The engine stopped telling what happens: ${end.message}` };
}

/** Follows one container at a time each; one that is started again goes on where its last line was. */
function follower(
  engine: Engine,
  since: string,
  onEntry: (source: LogSource, line: LogLine) => void,
  stop: AbortSignal,
): (source: LogSource) => void {
  const lastTimes = new Map<string, string>();
  const open = new Set<string>();
  const startedAgain = new Set<string>();

  const read = async (source: LogSource): Promise<void> => {
    const { id } = source;
    const from = lastTimes.get(id) ?? since;
    const onLine = (line: Uint8Array): void => {
      const parsed = parseLogLine(line);
      // Without a time it is a remark of the engine's program; `--since` gives the last line once more.
      if (parsed.time === '' || parsed.time <= from) return;
      if (parsed.time > (lastTimes.get(id) ?? '')) lastTimes.set(id, parsed.time);
      onEntry(source, parsed);
    };
    await streamEngine(engine, ['logs', '--follow', '--timestamps', '--since', from, id], onLine, stop);
  };
  return (source) => {
    const { id } = source;
    // Its stream ends with the container, a moment after that was started again.
    startedAgain.add(id);
    if (open.has(id)) return;
    open.add(id);
    void (async () => {
      while (startedAgain.delete(id) && !stop.aborted) await read(source);
      open.delete(id);
    })();
  };
}

/** Prints lines that come close together in the order of time. */
function lineSorter(printer: LogPrinter): {
  readonly add: (source: LogSource, line: LogLine) => void;
  readonly flush: () => void;
} {
  let held: { readonly source: LogSource; readonly line: LogLine }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const sorted = held.sort((one, other) => (one.line.time < other.line.time ? -1 : 1));
    held = [];
    for (const { source, line } of sorted) printer.print(source, line);
  };
  return {
    add: (source, line) => {
      held.push({ source, line });
      timer ??= setTimeout(flush, sortingTime);
    },
    flush,
  };
}
