import type { ComposeInvocation } from '../lifecycle/index.ts';

/** Output that is held back at first, because nobody wants to read it when all goes well and fast. */
export interface LateOutput extends Disposable {
  readonly onOutput: NonNullable<ComposeInvocation['onOutput']>;
}

/** Passes output on after so many milliseconds: first what came until then, then the rest as it comes. */
export function lateOutput(invocation: ComposeInvocation, milliseconds: number): LateOutput {
  const pass =
    invocation.onOutput ??
    ((chunk: Uint8Array, stream: 'stdout' | 'stderr') => {
      process[stream].write(chunk);
    });
  let held: Parameters<typeof pass>[] | undefined = [];
  const timer = setTimeout(() => {
    for (const output of held ?? []) pass(...output);
    held = undefined;
  }, milliseconds);
  return {
    onOutput: (...output) => {
      if (held === undefined) pass(...output);
      else held.push(output);
    },
    [Symbol.dispose]: () => {
      clearTimeout(timer);
    },
  };
}
