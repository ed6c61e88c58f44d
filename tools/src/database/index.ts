export * from './migrations/index.ts';
export {
  chooseDatabase,
  chooseEnvironment,
  DatabaseFailure,
  findDatabases,
  isPostgresImage,
  postgresServices,
  runSql,
  Stopped,
  type Database,
  type DatabaseChoice,
  type FoundServer,
  type PlatformChoice,
  type SqlOptions,
} from './server/index.ts';
export * from './snapshot/index.ts';
