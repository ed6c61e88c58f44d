export type { DatabaseRequest } from './database-request.ts';
export { readDatabase } from './read-database.ts';
