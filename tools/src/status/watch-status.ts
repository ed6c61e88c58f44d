import type { Engine } from '../compose/index.ts';
import {
  followContainerEvents,
  listPlatformContainers,
  streamEngine,
  type PlatformContainers,
} from '../platform/index.ts';
import { parseUse, statsArguments } from './container-use.ts';
import { statusReport, type StatusRequest } from './platform-status.ts';
import type { ContainerUse, StatusReport } from './status-report.ts';

/** Milliseconds between two pictures, at least: a person cannot follow more. */
const shortestPause = 250;

/** What is needed to go on showing the status. */
export interface StatusWatch extends StatusRequest {
  readonly signal?: AbortSignal;
  /** Gets a new report whenever something changed. */
  readonly onReport: (report: StatusReport) => void;
}

/**
 * Reports the status again whenever a container changes, and with each measurement, until the signal. One stream of
 * events and one of measurements are read; nothing is polled. Throws when the engine fails or ends.
 */
export async function watchStatus(engine: Engine, watch: StatusWatch): Promise<void> {
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, ...(watch.signal === undefined ? [] : [watch.signal])]);
  const uses = new Map<string, ContainerUse>();
  let containers: PlatformContainers = { own: [], foreign: [] };
  let failure: Error | undefined;

  const report = soon(signal, () => {
    watch.onReport(statusReport(watch.environments, shown(watch, containers), containers.foreign, uses));
  });
  const measure = measurements(engine, signal, (id, use) => {
    uses.set(id, use);
    report();
  });
  const refresh = async (): Promise<void> => {
    containers = await listPlatformContainers(engine, watch);
    report();
    const running = shown(watch, containers).filter(({ state }) => state === 'running');
    if (watch.measure) measure(running.map(({ id }) => id));
  };
  const refreshSoon = soon(signal, () => {
    refresh().catch((error: unknown) => {
      failure ??= error instanceof Error ? error : new Error(String(error));
      ended.abort();
    });
  });
  // The events first: nothing that changes while the containers are listed is missed.
  const events = followContainerEvents(engine, refreshSoon, signal);
  refreshSoon();
  const end = await events;
  ended.abort();
  if (failure !== undefined) throw failure;
  if (end.kind === 'ended') throw new Error(`The engine stopped telling what happens: ${end.message}`);
}

function shown({ services = [] }: StatusWatch, { own }: PlatformContainers): PlatformContainers['own'] {
  return services.length === 0 ? own : own.filter(({ service }) => services.includes(service));
}

/** Measures the containers named last, until others are named. */
function measurements(
  engine: Engine,
  signal: AbortSignal,
  onUse: (id: string, use: ContainerUse) => void,
): (ids: readonly string[]) => void {
  let measured = '';
  let current = new AbortController();
  return (ids) => {
    if (ids.join(' ') === measured) return;
    measured = ids.join(' ');
    current.abort();
    current = new AbortController();
    if (ids.length === 0) return;
    const onLine = (line: Uint8Array): void => {
      const found = parseUse(Buffer.from(line).toString('utf8'));
      if (found !== undefined) onUse(...found);
    };
    void streamEngine(engine, [...statsArguments, ...ids], onLine, AbortSignal.any([signal, current.signal]));
  };
}

/** Makes calls that come close together one: the first at once, later ones after the pause; none after the signal. */
function soon(signal: AbortSignal, work: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
  });
  const call = (): void => {
    if (signal.aborted) return;
    again = timer !== undefined;
    if (again) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (again) call();
    }, shortestPause);
    work();
  };
  return call;
}
