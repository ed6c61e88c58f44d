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
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let stopping = false;
let listens = false;

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
    if (running.size === 0 && !stopping) stopListening();
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
    killAll();
    return;
  }
  stopping = true;
  void endAll(signal).then(() => {
    // Whoever awaits the programs gets to see how they ended first.
    setImmediate(() => {
      stopping = false;
      if (running.size === 0) stopListening();
      if (signals.every((name) => process.listeners(name).every((listener) => listener === onSignal))) {
        stopListening();
        process.kill(process.pid, signal);
      }
    });
  });
}

async function endAll(signal: NodeJS.Signals): Promise<void> {
  await Promise.all(
    [...running].map(async ({ pid, ownGroup, onStop }) => {
      onStop();
      if (ownGroup) await endGroup(pid);
      else if (signal !== 'SIGINT') signalOne(pid, signal);
    }),
  );
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
