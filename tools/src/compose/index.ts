export * from './engine/index.ts';
export { nameEnvironment } from './environments/name-environment.ts';
export { platformEnvironments, type PlatformRequest } from './environments/platform-environments.ts';
export { normalizeProjectName } from './environments/project-name.ts';
export {
  readEnvironments,
  type EnvironmentsReading,
  type EnvironmentsRequest,
} from './environments/read-environments.ts';
export { sharedResources } from './environments/shared-resources.ts';
export type { ComposeEnvironment, ComposeService, NamedEnvironment, PublishedPort } from './environment.ts';
export * from './lifecycle/index.ts';
export * from './exec/index.ts';
export { findWorktree, type WorktreeIsolation } from './worktree/find-worktree.ts';
export * from './command/index.ts';
export * from './shell/index.ts';
