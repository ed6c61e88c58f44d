import { containerSecrets, type Engine } from '../compose/index.ts';
import {
  askEngine,
  listPlatformContainers,
  type OwnContainer,
  type Platform,
  type PlatformFilter,
} from '../platform/index.ts';
import type { OutputStyle } from '../table/index.ts';
import { followLogs } from './follow-logs.ts';
import { LogPrinter } from './log-printer.ts';
import { logSources } from './log-source.ts';
import { printHistory } from './print-history.ts';

/** Which logs to show, and how. */
export interface LogsRequest {
  /** The selected part of the platform. */
  readonly environments: Platform['environments'];
  readonly services?: PlatformFilter['services'];
  readonly follow: boolean;
  /** As the engine takes it: `1h`, `10m`, `2026-01-22T10:00:00`. */
  readonly since?: string | undefined;
  /** Lines of each container. */
  readonly tail: number | 'all';
  readonly timestamps?: boolean;
}

/** Where the lines go, and when to stop. */
export interface LogsOutput {
  readonly write: (text: string) => void;
  readonly style: OutputStyle;
  readonly signal?: AbortSignal;
}

/** How it ended; `nothing`: no container fits. `message` says what was found and the next step. */
export type LogsOutcome =
  { readonly kind: 'shown' } | { readonly kind: 'nothing' | 'failed'; readonly message: string };

/** Shows what the containers of a platform wrote, as one stream in the order of time. Throws when the engine fails. */
export async function showLogs(
  engine: Engine,
  request: LogsRequest,
  { write, style, signal }: LogsOutput,
): Promise<LogsOutcome> {
  const { own } = await listPlatformContainers(engine, request);
  const shown = own.filter((container) => isShown(container, request));
  if (shown.length === 0 && !request.follow) return nothing(request);
  let hide = (text: string): string => text;
  const learn = async (containers: readonly OwnContainer[]): Promise<void> => {
    hide = await containerSecrets(
      engine,
      containers.map(({ id }) => id),
      request.environments,
    );
  };
  // Of all containers: another one may print the password of a service that is not shown.
  await learn(own);
  const printer = new LogPrinter(
    (text) => {
      write(hide(text));
    },
    style,
    request.timestamps,
  );
  printer.makeRoomFor(logSources(shown));
  const since = request.follow ? await engineTime(engine) : undefined;
  const history = await printHistory(engine, shown, { ...request, until: since }, printer, signal);
  if (history.kind === 'failed') return history;
  if (since === undefined || signal?.aborted === true) return { kind: 'shown' };
  if (shown.length === 0) printer.note('Nothing has logs yet; what starts is shown from its first line on.');
  const stop = signal === undefined ? {} : { signal };
  return followLogs(engine, request, { shown, since, printer, learn, ...stop });
}

/** Milliseconds that a line may take to reach the engine's disk. */
const writingTime = 500;

/** The engine's clock may be another machine's; a little before now, for what is being written at this moment. */
async function engineTime(engine: Engine): Promise<string> {
  const answer = await askEngine(engine, ['info', '--format', '{{.SystemTime}}']);
  const told = answer.kind === 'answered' ? Date.parse(answer.text.trim()) : NaN;
  const time = new Date((Number.isNaN(told) ? Date.now() : told) - writingTime).toISOString();
  // As many digits as the times of lines have: they are compared as texts.
  return time.replace('Z', '000000Z');
}

/** Whether a container is among those asked for. */
export function isShown({ service }: OwnContainer, { services = [] }: LogsRequest): boolean {
  return services.length === 0 || services.includes(service);
}

function nothing({ environments, services = [] }: LogsRequest): LogsOutcome {
  const of = services.length > 0 ? ` of ${services.join(', ')}` : '';
  const first = environments[0];
  const next =
    first === undefined
      ? ''
      : `\nBring one up: \`nx compose:up ${first.project} -c ${first.name}\`, or follow what starts later with --follow.`;
  return {
    kind: 'nothing',
    message: `No container${of} has logs in ${environments.map(({ project, name }) => `${project}-${name}`).join(', ')}.${next}`,
  };
}
