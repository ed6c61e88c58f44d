import type { OwnContainer } from '../platform/index.ts';

/** Where a line comes from. */
export interface LogSource {
  readonly id: string;
  readonly project: string;
  /** `api-dev postgres`, with a number where a service has several containers. */
  readonly label: string;
}

/** How the lines of containers are called. */
export function logSources(containers: readonly OwnContainer[]): readonly LogSource[] {
  return containers.map(({ id, environment, service, labels }) => {
    const place = `${environment.project}-${environment.name} ${service}`;
    const siblings = containers.filter(
      (other) => other.environment === environment && other.service === service,
    );
    const number = labels['com.docker.compose.container-number'] ?? id.slice(0, 4);
    return { id, project: environment.project, label: siblings.length > 1 ? `${place}-${number}` : place };
  });
}
