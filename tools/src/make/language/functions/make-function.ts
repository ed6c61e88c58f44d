import type { Evaluation } from '../evaluation.ts';

/** A function of the make language. */
export interface MakeFunction {
  readonly name: string;
  readonly least: number;
  /** The last argument takes all the rest, commas included. 0: there is no last one. */
  readonly most: number;
  /** False where it expands its arguments itself, when it needs them. */
  readonly expands: boolean;
  readonly run: (run: Evaluation, given: readonly string[]) => string;
}

/** A function that gets its arguments expanded. */
export function plain(name: string, least: number, most: number, run: MakeFunction['run']): MakeFunction {
  return { name, least, most, expands: true, run };
}

/** A function that gets its arguments as they are written. */
export function lazy(name: string, least: number, most: number, run: MakeFunction['run']): MakeFunction {
  return { name, least, most, expands: false, run };
}
