const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Tells whether this process was told to stop; meanwhile it does not end by that, so that there is time to clean up. */
export interface StopListener extends Disposable {
  readonly stopped: () => boolean;
}

/** Begins to listen; whoever began has to see to it that the process ends when it was told to stop. */
export function listenForStop(): StopListener {
  let stopped = false;
  const onSignal = (): void => {
    stopped = true;
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    stopped: () => stopped,
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
