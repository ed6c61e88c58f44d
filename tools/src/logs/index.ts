export { showLogs, type LogsOutcome, type LogsOutput, type LogsRequest } from './show-logs.ts';
