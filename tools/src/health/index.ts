export { checkHealth, type HealthRequest } from './check-health.ts';
export { fixHealth, type FixOutcome } from './fix-health.ts';
export type { HealthCheck, HealthReport, Remedy } from './health-report.ts';
export { renderHealth } from './render-health.ts';
