import { inspectContainers, type Engine, type EngineContainer } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import { readRecords } from './environment-record.ts';
import type { ComposeInvocation } from './lifecycle.ts';
import { forgetGone, removeRecorded } from './recover-abandoned.ts';

/**
 * Milliseconds that a task waits for somebody who uses what is in its way. Who has the locks of its ports and names meets
 * only who is about to let go of it, such as another task that just makes room too.
 */
export const roomPatience = 30_000;

/**
 * Takes down what was brought up for tasks, is not in use now, and has a host port or a container name that an environment
 * needs. What a person brought up stays.
 */
export async function makeRoom(
  engine: Engine,
  environment: NamedEnvironment,
  invocation: ComposeInvocation,
): Promise<void> {
  const others = readRecords().filter(
    ({ state, composeProject }) => state !== 'coming-up' && composeProject !== environment.composeProject,
  );
  for (const { composeProject, containers } of others) {
    const present = await inspectContainers(engine, containers);
    if (present.length === 0) await forgetGone(engine, composeProject, invocation);
    if (!present.some((container) => isInTheWay(container, environment))) continue;
    const removal = await removeRecorded(composeProject, invocation, { patience: roomPatience });
    if (removal.kind === 'removed') invocation.report(roomMade(invocation, composeProject, removal.by));
  }
}

/** What is told when an environment had to give way. */
export function roomMade({ name }: ComposeInvocation, composeProject: string, by: string): string {
  return `${name}: took down ${composeProject}, which ${by} had brought up, to have its place`;
}

function isInTheWay(container: EngineContainer, { services }: NamedEnvironment): boolean {
  return services.some(
    ({ containerName, ports }) =>
      containerName === container.name ||
      ports.some(
        ({ host, protocol }) =>
          host !== undefined &&
          container.ports.some(
            (bound) => bound.protocol === protocol && bound.host >= host.first && bound.host <= host.last,
          ),
      ),
  );
}
