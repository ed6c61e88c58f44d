export { platformStatus, type StatusRequest } from './platform-status.ts';
export { renderStatus } from './render-status.ts';
export { routeHosts } from './route-hosts.ts';
export type { ContainerUse, StatusReport, StatusRow } from './status-report.ts';
export { watchStatus, type StatusWatch } from './watch-status.ts';
