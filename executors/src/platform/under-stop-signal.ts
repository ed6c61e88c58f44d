const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Does something that is told, through a signal, when this process is to stop, and can put things in order before. */
export async function underStopSignal<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
