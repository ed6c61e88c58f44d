import { EngineError, findEngine, type Engine } from '../engine/index.ts';
import { RecordFailure } from './environment-record.ts';
import type { ComposeFailure, ComposeInvocation } from './lifecycle.ts';

/** Does something with the engine. That there is none, or that it goes away meanwhile, is an outcome, too. */
export async function withEngine<Outcome>(
  invocation: ComposeInvocation,
  work: (engine: Engine) => Promise<Outcome>,
): Promise<Outcome | ComposeFailure> {
  const failure = (message: string): ComposeFailure => ({
    kind: 'failed',
    reason: 'engine',
    code: 1,
    message: `${invocation.name}: ${message}`,
  });
  const found = await findEngine(invocation.environment);
  if (found.kind !== 'found') return failure(found.message);
  try {
    return await work(found.engine);
  } catch (error) {
    if (error instanceof RecordFailure) return { ...failure(error.message), reason: 'other' };
    if (!(error instanceof EngineError)) throw error;
    return failure(`the engine does not answer any more: ${error.message}\nStart it, then try again.`);
  }
}
