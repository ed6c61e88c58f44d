import { controlFunctions } from './control.ts';
import type { MakeFunction } from './make-function.ts';
import { nameFunctions } from './names.ts';
import { outsideFunctions } from './outside.ts';
import { textFunctions } from './text.ts';

export type { MakeFunction } from './make-function.ts';

/** Every function of the make language, by name. */
export const functions: ReadonlyMap<string, MakeFunction> = new Map(
  [...textFunctions, ...nameFunctions, ...controlFunctions, ...outsideFunctions].map((one) => [
    one.name,
    one,
  ]),
);
