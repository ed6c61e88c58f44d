import { runProgram } from '../../process/index.ts';
import { harmlessLines } from '../../table/index.ts';
import { containerSecrets, type Engine, type EngineContainer } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import type { ServiceState } from './lifecycle.ts';
import { indent, lastLines } from './message-text.ts';

/** Lines of a container's log that are shown when its service did not become ready. */
const logLines = 20;

/** Says which services are not ready, why, and what they wrote last. */
export async function describeUnready(
  engine: Engine,
  environment: NamedEnvironment,
  services: readonly ServiceState[],
): Promise<string> {
  const bad = services.filter(({ readiness }) => ['failed', 'unhealthy', 'stopped'].includes(readiness));
  const restarting = services.filter(({ containers }) => containers.some(({ restarts }) => restarts > 0));
  const starting = services.filter(({ readiness }) => readiness === 'starting');
  const shown = [bad, restarting].find((candidates) => candidates.length > 0) ?? starting;
  const ids = services.flatMap(({ containers }) => containers.map(({ id }) => id));
  const hide = await containerSecrets(engine, ids, [environment]);
  const quote = (text: string): string => harmlessLines(hide(text));
  const parts = await Promise.all(shown.map((state) => describeService(engine, environment, state, quote)));
  return parts.join('\n');
}

async function describeService(
  engine: Engine,
  environment: NamedEnvironment,
  { service, readiness, containers }: ServiceState,
  quote: (text: string) => string,
): Promise<string> {
  const [container] = containers.filter((candidate) => isCulprit(candidate, readiness));
  const name = `${service} of ${environment.composeProject}`;
  if (container === undefined) return `${name} did not become ready.`;
  const log = quote(await lastLog(engine, container));
  return `${name} ${quote(reason(container, readiness))}${log === '' ? ' It wrote nothing.' : ` It wrote last:\n${indent(log)}`}`;
}

function isCulprit(container: EngineContainer, readiness: ServiceState['readiness']): boolean {
  if (readiness === 'unhealthy') return container.health === 'unhealthy';
  if (readiness === 'starting')
    return container.state !== 'running' || container.restarts > 0 || container.health === 'starting';
  return container.state !== 'running' || container.restarts > 0;
}

function reason(container: EngineContainer, readiness: ServiceState['readiness']): string {
  if (container.outOfMemory) return 'ran out of memory: the kernel ended it. Raise its `mem_limit`.';
  if (container.restarts > 0 && readiness !== 'unhealthy')
    return `exits again and again (${lastCode(container)}${container.restarts} restarts).`;
  if (readiness === 'unhealthy') return `is unhealthy: ${checkSaid(container)}`;
  if (readiness === 'starting' && container.health === 'starting')
    return `is running, but not healthy yet: ${checkSaid(container)}`;
  if (container.state === 'exited') return `exited with ${container.exitCode}.`;
  return `is ${container.state}.`;
}

/** While it runs once more, the engine does not tell how it ended before. */
function lastCode({ state, exitCode }: EngineContainer): string {
  return state === 'running' ? '' : `code ${exitCode}, `;
}

function checkSaid({ healthOutput }: EngineContainer): string {
  return healthOutput === ''
    ? 'its health check fails and says nothing.'
    : `its health check says "${lastLines(healthOutput, 3)}".`;
}

async function lastLog(engine: Engine, { id }: EngineContainer): Promise<string> {
  // Both streams: most programs complain on stderr.
  const chunks: Uint8Array[] = [];
  await runProgram({
    file: engine.program,
    args: ['logs', '--tail', String(logLines), id],
    timeout: 10_000,
    onOutput: (chunk) => chunks.push(chunk),
  });
  return lastLines(Buffer.concat(chunks).toString(), logLines);
}
