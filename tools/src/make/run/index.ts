export { formatDuration, parseDuration } from '../../duration/index.ts';
export type { MakeInvocation, MakeOutcome, MakeTask } from './make-task.ts';
export { isVariableName, readOverrides, type Overrides } from './overrides.ts';
export { currentRun } from './run-folder.ts';
export { runMakeTask } from './run-make-task.ts';
