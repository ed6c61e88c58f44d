export { findMigrations } from './find-migrations.ts';
export type { AppliedMigration, Migration, MigrationSet, MigrationTool } from './migration.ts';
export {
  migrationProblems,
  migrationStatus,
  type Drift,
  type EnvironmentStatus,
  type ProjectMigrations,
} from './migration-status.ts';
export { renderMigrations, type MigrationView } from './render-migrations.ts';
export {
  platformMigrations,
  type MigrationsRequest,
  type PlatformMigrations,
} from './platform-migrations.ts';
