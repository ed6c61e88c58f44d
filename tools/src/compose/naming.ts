// What every nx command needs: it loads neither the reader of compose files nor anything of the engine.
export { nameEnvironment } from './environments/name-environment.ts';
export { normalizeProjectName } from './environments/project-name.ts';
export { sharedResources } from './environments/shared-resources.ts';
export { hasRecords } from './lifecycle/has-records.ts';
export { findWorktree, type WorktreeIsolation } from './worktree/find-worktree.ts';
