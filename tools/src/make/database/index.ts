export { readDatabase, type DatabaseRequest } from './read-database.ts';
