export * from './reading.ts';
export * from './shell-question.ts';
export { readDatabase, type DatabaseRequest } from './database/index.ts';
