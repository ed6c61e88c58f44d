import { onStop } from './running-programs.ts';

/** Tells whether this process was told to stop; it does not end by that before it is disposed of. */
export interface StopListener extends Disposable {
  readonly stopped: () => boolean;
}

/** Begins to listen, so that there is time to clean up. */
export function listenForStop(): StopListener {
  const end = Promise.withResolvers<undefined>();
  let stopped = false;
  const hold = onStop(() => {
    stopped = true;
    return end.promise;
  });
  return {
    stopped: () => stopped,
    [Symbol.dispose]: () => {
      end.resolve(undefined);
      hold[Symbol.dispose]();
    },
  };
}
