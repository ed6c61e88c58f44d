import type { Engine } from '../compose/index.ts';
import { streamEngine, type OwnContainer } from '../platform/index.ts';
import { parseLogLine, type LogLine } from './log-line.ts';
import type { LogPrinter } from './log-printer.ts';
import { logSources, type LogSource } from './log-source.ts';
import type { LogsRequest } from './show-logs.ts';

/** Characters kept of each container: `--tail all` of a log of gigabytes must not fill the memory. */
const mostKept = 64 * 1024 * 1024;

type History = { readonly kind: 'printed' } | { readonly kind: 'failed'; readonly message: string };

interface Entry extends LogLine {
  readonly source: LogSource;
}

/** Prints what was written up to a time of the engine, or up to now, in the order of time. */
export async function printHistory(
  engine: Engine,
  containers: readonly OwnContainer[],
  request: LogsRequest & { readonly until: string | undefined },
  printer: LogPrinter,
  signal: AbortSignal | undefined,
): Promise<History> {
  const { until } = request;
  const args = [
    'logs',
    '--timestamps',
    ...['--tail', String(request.tail)],
    ...(request.since === undefined ? [] : ['--since', request.since]),
    ...(until === undefined ? [] : ['--until', until]),
  ];
  const sources = logSources(containers);
  const read = sources.map((source) => readEntries(engine, [...args, source.id], source, signal));
  const parts = await Promise.all(read);
  const failure = parts.find(({ failure }) => failure !== undefined)?.failure;
  if (failure !== undefined) return { kind: 'failed', message: failure };
  for (const { source, omitted } of parts)
    if (omitted > 0)
      printer.note(`The first ${omitted} lines of ${source.label} are left out: they are too many.`);
  for (const { source, time, text } of parts.flatMap(({ entries }) => entries).sort(byTime))
    printer.print(source, { time, text });
  return { kind: 'printed' };
}

async function readEntries(
  engine: Engine,
  args: readonly string[],
  source: LogSource,
  signal: AbortSignal | undefined,
): Promise<{ source: LogSource; entries: readonly Entry[]; omitted: number; failure?: string }> {
  const entries: Entry[] = [];
  let size = 0;
  let first = 0;
  const errors: string[] = [];
  const onLine = (line: Uint8Array, stream: 'stdout' | 'stderr'): void => {
    const parsed = parseLogLine(line);
    // The engine's own complaints come on the same stream, without a time.
    if (parsed.time === '' && stream === 'stderr') errors.push(parsed.text);
    entries.push({ ...parsed, source });
    size += parsed.text.length;
    while (size > mostKept && first < entries.length - 1) size -= entries[first++]?.text.length ?? 0;
  };
  const end = await streamEngine(engine, args, onLine, signal);
  const kept = { source, entries: entries.slice(first), omitted: first };
  const isGone = errors.some((text) => /no such container|dead or marked for removal/i.test(text));
  if (end.kind === 'stopped' || end.code === 0) return kept;
  if (isGone) return { ...kept, entries: [] };
  return {
    ...kept,
    failure: `The logs of ${source.label} could not be read: ${errors.at(-1) ?? end.message}`,
  };
}

/** Lines without a time, which only broken logs have, stay where they were put: first. */
function byTime(one: Entry, other: Entry): number {
  return one.time < other.time ? -1 : one.time > other.time ? 1 : 0;
}
