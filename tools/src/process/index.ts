export type { ProgramOutcome, ProgramOutput, ProgramRequest } from './program.ts';
export { isAlive } from './is-alive.ts';
export { onStop } from './running-programs.ts';
export { runProgram } from './run-program.ts';
export { secretHider } from './secrets.ts';
export { listenForStop, type StopListener } from './stop-listener.ts';
