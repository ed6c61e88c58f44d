import type { NamedEnvironment } from '../environment.ts';
import type { ComposeInvocation, ComposeOutcome } from '../lifecycle/index.ts';
import { chooseService } from './choose-service.ts';
import { endAbandonedCommands } from './command-notes.ts';
import type { ExecCommand } from './exec-command.ts';
import { execInContainer } from './exec-in-container.ts';
import { holdEnvironment, type EnvironmentNeed, type HeldEnvironment } from './hold-environment.ts';
import { runOnce } from './run-once.ts';

/** A command to be run in a service of an environment. */
export interface ContainerCommand extends ExecCommand, Partial<EnvironmentNeed> {
  /** Its name or an alias, see `chooseService`. */
  readonly service?: string;
  readonly lock: EnvironmentNeed['lock'];
}

/**
 * Runs a command in a service's container: takes the environment's lock, brings it up where it is not (unless `up` is
 * false), and keeps the command's exit code. A service that does not keep running, such as a one-shot, gets a container
 * for the command alone.
 */
export async function runInContainer(
  environment: NamedEnvironment,
  command: ContainerCommand,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const chosen = chooseService(environment, invocation.name, command.service);
  if (chosen.kind === 'unclear')
    return { kind: 'failed', reason: 'no-service', code: 1, message: chosen.message };
  const held = await holdEnvironment(environment, { ...command, up: command.up ?? true }, invocation);
  if (held.kind !== 'held') return held;
  try {
    const given = { ...(invocation.environment ?? process.env), ...held.variables };
    return await runHeld(held, environment, chosen.service.name, command, {
      ...invocation,
      environment: given,
    });
  } finally {
    held.release();
  }
}

async function runHeld(
  held: HeldEnvironment,
  environment: NamedEnvironment,
  service: string,
  command: ContainerCommand,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const { engine, services } = held;
  const containers = services.flatMap((state) => state.containers.map(({ id }) => id));
  const { composeProject } = environment;
  const ended = await endAbandonedCommands({ containers, composeProject });
  if (ended > 0)
    invocation.report(`${invocation.name}: ended what a killed command left running in ${composeProject}.`);
  const container = runningContainer(held, service);
  return container === undefined
    ? runOnce({ engine, environment, service }, command, invocation)
    : execInContainer({ engine, container, service }, command, invocation);
}

/** The id of the container to run commands in. Undefined when the service does not run. */
export function runningContainer({ services }: HeldEnvironment, service: string): string | undefined {
  const state = services.find((candidate) => candidate.service === service);
  return state?.containers.find((container) => container.state === 'running')?.id;
}
