import type { HostileCase } from '../hostile-case.ts';
import { bombCases } from './bombs.ts';
import { fileCases } from './files.ts';
import { nameCases } from './names.ts';
import { runningCases } from './running.ts';
import { shellCases } from './shell.ts';
import { surroundingCases } from './surroundings.ts';

/** Every case, by what it tries. */
export const hostileCases: readonly HostileCase[] = [
  ...runningCases,
  ...fileCases,
  ...nameCases,
  ...surroundingCases,
  ...shellCases,
  ...bombCases,
];
