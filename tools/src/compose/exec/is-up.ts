import { statSync } from 'node:fs';
import type { NamedEnvironment } from '../environment.ts';
import type { ServiceState } from '../lifecycle/index.ts';

/** Whether all of an environment that comes up by itself is ready, and was made after its files were last written. */
export function isUp(environment: NamedEnvironment, states: readonly ServiceState[]): boolean {
  const byDefault = environment.services.filter(({ profiles }) => profiles.length === 0);
  const expected = states.filter(({ service }) => byDefault.some(({ name }) => name === service));
  if (!expected.every(({ readiness }) => readiness === 'ready' || readiness === 'completed')) return false;
  const written = environment.files.map(
    (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity,
  );
  const made = states.flatMap(({ containers }) => containers.map(({ createdAt }) => createdAt));
  return Math.max(...written) <= Math.min(...made);
}
