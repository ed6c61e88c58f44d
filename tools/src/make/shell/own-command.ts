import type { Machine } from './machine.ts';
import type { VisibleFiles } from './visible-files.ts';

/** What one of our own commands may look at. */
export interface OwnCommandContext {
  /** Absolute path of the current folder. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly machine: Machine;
  readonly files: VisibleFiles;
}

/** What one of our own commands says; `unknown` where only running the real program could tell. */
export type OwnCommandResult =
  | { readonly kind: 'answer'; readonly output: string; readonly error: string; readonly exitCode: number }
  | { readonly kind: 'unknown' };

/** A command that answers without starting a process. */
export type OwnCommand = (args: readonly string[], context: OwnCommandContext) => OwnCommandResult;

/** The answer of a command that could not be simulated. */
export const unknown: OwnCommandResult = { kind: 'unknown' };

/** A successful answer. */
export function answer(output: string): OwnCommandResult {
  return { kind: 'answer', output, error: '', exitCode: 0 };
}

/** A successful answer of one line. */
export function line(text: string): OwnCommandResult {
  return answer(`${text}\n`);
}

/** An answer that the real command gives too, by failing. */
export function failure(exitCode: number, error: string, output = ''): OwnCommandResult {
  return { kind: 'answer', output, error: error === '' ? '' : `${error}\n`, exitCode };
}
