/** A signal that is aborted when the time is over, or another one is aborted. */
export interface TimeLimit extends Disposable {
  readonly signal: AbortSignal;
  /** Whether it was the time. */
  readonly passed: () => boolean;
}

const longestTimer = 2 ** 31 - 1;

/** Starts the time; none without milliseconds. */
export function timeLimit(milliseconds: number | undefined, other?: AbortSignal): TimeLimit {
  const controller = new AbortController();
  const timer =
    milliseconds === undefined
      ? undefined
      : setTimeout(
          () => {
            controller.abort();
          },
          Math.min(milliseconds, longestTimer),
        );
  return {
    signal: other === undefined ? controller.signal : AbortSignal.any([controller.signal, other]),
    passed: () => controller.signal.aborted,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
    },
  };
}
