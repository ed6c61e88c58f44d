export { bringUp, type UpOptions } from './bring-up.ts';
export {
  buildImages,
  composeCommand,
  pullImages,
  readConfig,
  showLogs,
  type ImageOptions,
  type LogOptions,
} from './compose-command.ts';
export { composeArguments } from './compose-arguments.ts';
export type {
  ComposeFailure,
  ComposeInvocation,
  ComposeOutcome,
  ComposeStopped,
  EnvironmentInUse,
  ServiceState,
  UpOutcome,
} from './lifecycle.ts';
export { restart } from './restart.ts';
export { runCompose, type ComposeRun } from './run-compose.ts';
export { serviceStates, stateOf } from './service-state.ts';
export { endOfRun, recoverAbandoned } from './recover-abandoned.ts';
export type { DownOptions } from './remove-environment.ts';
export { recordBringUp } from './record-bring-up.ts';
export { takeDown } from './take-down.ts';
