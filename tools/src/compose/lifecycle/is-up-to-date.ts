import { statSync } from 'node:fs';
import type { EngineContainer } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import type { ServiceState } from './lifecycle.ts';

/**
 * Whether nothing has to be done before a task can use an environment: all that is asked for is ready, and was made after
 * the files were last written, or compared with them since (`checked`, milliseconds since the epoch). Services of a profile count when they are asked for by name only.
 */
export function isUpToDate(
  environment: Pick<NamedEnvironment, 'services' | 'files'>,
  asked: readonly string[],
  states: readonly ServiceState[],
  containers: readonly EngineContainer[],
  checked = 0,
): boolean {
  const optional = new Set(
    environment.services
      .filter(({ name, profiles }) => profiles.length > 0 && !asked.includes(name))
      .map(({ name }) => name),
  );
  const isThere = ({ service, readiness }: ServiceState): boolean =>
    readiness === 'ready' || readiness === 'completed' || (readiness === 'absent' && optional.has(service));
  if (!states.every(isThere)) return false;
  const made = Math.min(...containers.map(({ createdAt }) => createdAt));
  return newestDate(environment) <= Math.max(made, checked);
}

/** When the newest of the files of an environment was last written, in milliseconds since the epoch. */
export function newestDate({ services, files }: Pick<NamedEnvironment, 'services' | 'files'>): number {
  const envFiles = services.flatMap((service) => service.envFiles.map(({ path }) => path));
  const dates = [...files, ...envFiles].map(
    (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  return Math.max(...dates);
}
