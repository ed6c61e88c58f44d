// What inference needs for every nx command: it loads neither the reader of compose files nor anything of the engine.
export { nameEnvironment } from './environments/name-environment.ts';
export { normalizeProjectName } from './environments/project-name.ts';
export { sharedResources } from './environments/shared-resources.ts';
export { findWorktree, type WorktreeIsolation } from './worktree/find-worktree.ts';
