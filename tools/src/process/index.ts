export type { ProgramOutcome, ProgramOutput, ProgramRequest } from './program.ts';
export { runProgram } from './run-program.ts';
export { secretHider } from './secrets.ts';
