import type { NamedEnvironment } from '../environment.ts';
import type { UpOutcome } from '../lifecycle/index.ts';

/** The one line that tells that an environment is ready: `api-dev is ready: app, postgres, redis (3.2 s)`. */
export function describeReady(
  { composeProject }: Pick<NamedEnvironment, 'composeProject'>,
  up: Extract<UpOutcome, { kind: 'ready' }>,
): string {
  const ready = up.services.filter(({ readiness }) => readiness === 'ready' || readiness === 'completed');
  const names = ready.map(({ service }) => service).join(', ');
  return `${composeProject} is ready: ${names} (${(up.milliseconds / 1000).toFixed(1)} s)`;
}
