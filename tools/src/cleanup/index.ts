export { cleanUp, findCleanup, type CleanupOutcome } from './clean-up.ts';
export type { CleanupItem, CleanupOptions, CleanupPlan, KeptItem } from './cleanup-plan.ts';
export { renderCleanup, renderPlan } from './render-cleanup.ts';
