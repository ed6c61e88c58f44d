import { runProgram } from '../../process/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import {
  chooseService,
  endAbandonedCommands,
  execInContainer,
  holdEnvironment,
  runningContainer,
  runOnce,
  serviceKind,
  type ExecPlace,
} from '../exec/index.ts';
import type { ComposeInvocation, ComposeOutcome } from '../lifecycle/index.ts';
import { containerSettings } from './container-settings.ts';
import { interactiveClients, shells, type InteractiveClient } from './interactive-client.ts';

/** What to open, and for whom. */
export interface ShellRequest {
  /** Its name, or what people call it: `db`, `cache`. */
  readonly service?: string;
  readonly user?: string;
  readonly workingFolder?: string;
  /** One thing for the client or the shell to do instead of talking: a shell command, an SQL statement. */
  readonly statement?: string;
  /** A program of the container with its arguments, instead of a client or a shell. */
  readonly command?: readonly [string, ...string[]];
  /** Whether the environment is brought up when it is not. */
  readonly up: boolean;
}

/**
 * Opens the client of a database or a cache, or a shell, in a service's container. Holds no lock meanwhile: who looks
 * around keeps nobody from working.
 */
export async function openShell(
  environment: NamedEnvironment,
  request: ShellRequest,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const { name } = invocation;
  const chosen = chooseService(environment, name, request.service);
  if (chosen.kind === 'unclear')
    return { kind: 'failed', reason: 'no-service', code: 1, message: chosen.message };
  const service = chosen.service.name;
  const held = await holdEnvironment(environment, { up: request.up, lock: 'none' }, invocation);
  if (held.kind !== 'held') return held;
  held.release();
  const { engine } = held;
  const containers = held.services.flatMap((state) => state.containers.map(({ id }) => id));
  await endAbandonedCommands({ containers, composeProject: environment.composeProject });
  const container = runningContainer(held, service);
  const { user, workingFolder, command, statement } = request;
  const how = {
    terminal: true,
    ...(user === undefined ? {} : { user }),
    ...(workingFolder === undefined ? {} : { workingFolder }),
  };
  if (container === undefined) {
    const own = command ?? (statement === undefined ? (['sh'] as const) : (['sh', '-c', statement] as const));
    return runOnce({ engine, environment, service }, { ...how, command: own }, invocation);
  }
  const place = { engine, container, service };
  if (command !== undefined) return execInContainer(place, { ...how, command }, invocation);
  const settings = await containerSettings(engine, container);
  const kind = serviceKind(chosen.service);
  const found = await findClient(place, interactiveClients(kind, settings), user);
  const client = found ?? (await findClient(place, shells(), user));
  if (client === undefined)
    return { kind: 'failed', reason: 'unsupported', code: 127, message: noShell(environment, place, name) };
  if (found === undefined)
    invocation.report(`${name}: ${service} has no client of its own; this is ${client.command[0]}.`);
  const words = statement === undefined ? client.command : withStatement(client, statement);
  return execInContainer(place, { ...how, command: words, variables: client.variables }, invocation);
}

function withStatement(
  { command, once }: InteractiveClient,
  statement: string,
): readonly [string, ...string[]] {
  // redis-cli takes its command as words.
  return once.length === 0
    ? [...command, ...statement.split(/\s+/).filter(Boolean)]
    : [...command, ...once, statement];
}

/** The first of the programs that the container has. */
async function findClient(
  { engine, container }: ExecPlace,
  clients: readonly InteractiveClient[],
  user: string | undefined,
): Promise<InteractiveClient | undefined> {
  const who = user === undefined ? [] : ['--user', user];
  for (const client of clients) {
    const outcome = await runProgram({
      file: engine.program,
      args: ['exec', ...who, container, ...client.probe],
      timeout: 20_000,
    });
    if (outcome.kind === 'exited' && outcome.code !== 126 && outcome.code !== 127) return client;
  }
  return undefined;
}

function noShell({ project, name }: NamedEnvironment, place: ExecPlace, asker: string): string {
  const { engine, container, service } = place;
  return (
    `${asker}: the image of ${service} has no shell, neither bash nor sh.\n` +
    `Run a program that it has with \`nx shell ${project} -c ${name} --service=${service} -- PROGRAM\`, ` +
    `or copy files out of it with \`${engine.program} cp ${container.slice(0, 12)}:/PATH .\`.`
  );
}
