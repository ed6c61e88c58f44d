import type { Engine } from '../compose/index.ts';
import { runProgram } from '../process/index.ts';

/** What an engine command printed, or why it gave nothing. */
export type EngineAnswer =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'failed'; readonly code: number; readonly text: string; readonly message: string };

/** Runs one command of the engine's program. A command that takes longer than `timeout` milliseconds has failed. */
export async function askEngine(
  engine: Engine,
  args: readonly string[],
  { timeout = 20_000, signal }: { readonly timeout?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<EngineAnswer> {
  const outcome = await runProgram({
    file: engine.program,
    args,
    timeout,
    ...(signal === undefined ? {} : { signal }),
  });
  if (outcome.kind === 'exited' && outcome.code === 0) return { kind: 'answered', text: outcome.stdout };
  const code = outcome.kind === 'exited' ? outcome.code : 1;
  return {
    kind: 'failed',
    code,
    text: outcome.kind === 'missing' ? '' : `${outcome.stdout}${outcome.stderr}`,
    message:
      outcome.kind === 'exited'
        ? (outcome.stderr.trim() || outcome.stdout.trim() || `it ended with ${code}`).replace(
            /^Error(?: response from daemon)?: /i,
            '',
          )
        : outcome.kind === 'timed-out'
          ? `no answer within ${timeout / 1000} s`
          : `${engine.program} was ${outcome.kind}`,
  };
}
