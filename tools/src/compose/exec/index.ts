export { chooseService, type ChosenService } from './choose-service.ts';
export { describeReady } from './describe-ready.ts';
export { endAbandonedCommands } from './command-notes.ts';
export type { ExecCommand } from './exec-command.ts';
export { execInContainer, type ExecPlace } from './exec-in-container.ts';
export { serviceKind, type ServiceKind } from './service-kind.ts';
export { holdEnvironment, type EnvironmentNeed, type HeldEnvironment } from './hold-environment.ts';
export { runInContainer, runningContainer, type ContainerCommand } from './run-in-container.ts';
export { runOnce, type OncePlace } from './run-once.ts';
