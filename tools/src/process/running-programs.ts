import { endGroup, signalGroup } from './process-group.ts';

/** A program that runs now, and how to end it. */
export interface RunningProgram {
  readonly pid: number;
  /** False for one that shares our terminal and process group: the terminal sends it Ctrl-C by itself. */
  readonly ownGroup: boolean;
  /** Called when it is ended because this process was told to stop. */
  readonly onStop: () => void;
}

const running = new Set<RunningProgram>();
const works = new Set<() => Promise<void>>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let stopping = false;
let listens = false;
let stoppedAt = 0;
let hurry: (() => void) | undefined;

/** Milliseconds that the work at the end may take all in all. */
const workLimit = 30_000;

/** Milliseconds: one Ctrl-C may reach us twice, from the terminal and from whoever started us. */
const samePress = 400;

/**
 * Has work done before this process ends because it was told to stop (SIGINT, SIGTERM, SIGHUP). It is called while the
 * programs that run are being ended, and may start others; a second Ctrl-C ends everything at once. Dispose of it when
 * there is nothing to be done any more.
 */
export function onStop(work: () => Promise<void>): Disposable {
  if (!listens) listen();
  works.add(work);
  return {
    [Symbol.dispose]: () => {
      works.delete(work);
      if (isIdle()) stopListening();
    },
  };
}

/**
 * Starts a program that is ended together with this process. Returns what `start` returned, and how to take the program
 * off again. We listen before the start: a signal may come as soon as the program runs.
 */
export function startTracked<Started extends { readonly program: RunningProgram | undefined }>(
  start: () => Started,
): Started & { readonly untrack: () => void } {
  if (!listens) listen();
  const untrack = (program?: RunningProgram): void => {
    if (program !== undefined) running.delete(program);
    if (isIdle()) stopListening();
  };
  try {
    const started = start();
    if (started.program !== undefined) running.add(started.program);
    return {
      ...started,
      untrack: () => {
        untrack(started.program);
      },
    };
  } catch (error) {
    untrack();
    throw error;
  }
}

function isIdle(): boolean {
  return running.size === 0 && works.size === 0 && !stopping;
}

function listen(): void {
  listens = true;
  for (const signal of signals) process.on(signal, onSignal);
  process.on('exit', onExit);
}

function stopListening(): void {
  listens = false;
  for (const signal of signals) process.off(signal, onSignal);
  process.off('exit', onExit);
}

function onSignal(signal: NodeJS.Signals): void {
  // The second Ctrl-C: whoever pressed it does not want to wait.
  if (stopping) {
    if (Date.now() - stoppedAt < samePress) return;
    killAll();
    hurry?.();
    return;
  }
  stopping = true;
  stoppedAt = Date.now();
  const hurried = new Promise<void>((resolve) => {
    hurry = resolve;
  });
  void endAll(signal, hurried).then(() => {
    // Whoever awaits the programs gets to see how they ended first.
    setImmediate(() => {
      stopping = false;
      if (isIdle()) stopListening();
      if (signals.every((name) => process.listeners(name).every((listener) => listener === onSignal))) {
        stopListening();
        process.kill(process.pid, signal);
      }
    });
  });
}

async function endAll(signal: NodeJS.Signals, hurried: Promise<void>): Promise<void> {
  const programs = Promise.all(
    [...running].map(async ({ pid, ownGroup, onStop }) => {
      onStop();
      if (ownGroup) await endGroup(pid);
      else if (signal !== 'SIGINT') signalOne(pid, signal);
    }),
  );
  // Told at once, so that nobody starts the next program meanwhile.
  const rest = Promise.allSettled([...works].map((work) => work()));
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, workLimit);
  });
  await programs;
  await Promise.race([rest, limit, hurried]);
  clearTimeout(timer);
}

function killAll(): void {
  for (const { pid, ownGroup } of running) {
    if (ownGroup) signalGroup(pid, 'SIGKILL');
    else signalOne(pid, 'SIGKILL');
  }
}

/** Nothing can be awaited any more while this process exits: a short, blocking grace time, then SIGKILL. */
function onExit(): void {
  const groups = [...running].filter(({ ownGroup }) => ownGroup);
  const alive = groups.filter(({ pid }) => signalGroup(pid, 'SIGTERM'));
  if (alive.length > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  killAll();
}

function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already, which is what was wanted.
  }
}
