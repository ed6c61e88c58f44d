export {
  bringUpServer,
  chooseDatabase,
  chooseEnvironment,
  needEngine,
  type PlatformChoice,
} from './choose-database.ts';
export { DatabaseFailure } from './database-failure.ts';
export { describeDatabase, type Database, type DatabasePlace } from './database-server.ts';
export { databaseNames, findDatabases, type DatabaseChoice, type FoundServer } from './find-databases.ts';
export { isPostgresImage, postgresServices } from './postgres-services.ts';
export { expectSuccess, runInContainer, Stopped } from './run-in-container.ts';
export { connection, runSql, type SqlOptions } from './run-sql.ts';
