export { harmlessText } from './harmless-text.ts';
export { showLogs, type LogsOutcome, type LogsOutput, type LogsRequest } from './show-logs.ts';
