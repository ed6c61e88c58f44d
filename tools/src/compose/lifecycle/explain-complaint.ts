import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inspectContainers, type EngineContainer } from '../engine/index.ts';
import type { ComposeComplaint } from './compose-complaint.ts';
import { commandHint, type FailedCommand } from './failed-command.ts';
import type { ComposeFailure } from './lifecycle.ts';
import { listeningProcess } from './listening-process.ts';
import { indent, shown } from './message-text.ts';
import { describeOccupant, portOccupant } from './occupant.ts';

/** What is said of a failure, still without who says it. */
export type Explanation = Pick<ComposeFailure, 'reason' | 'message' | 'inTheWay'>;

/** Puts a complaint of compose into words: what was found, and the next step. Undefined where nothing is known of it. */
export async function explainComplaint(
  complaint: ComposeComplaint,
  failed: FailedCommand,
): Promise<Explanation | undefined> {
  const { engine, environment } = failed;
  const files = environment.files.map(shown).join(', ');
  switch (complaint.kind) {
    case 'invalid-file':
      return {
        reason: 'invalid-file',
        message: `${complaint.file === undefined ? files : shown(resolve(environment.folder, complaint.file))} is not a valid compose file: ${complaint.detail}.\nCorrect it; ${commandHint(failed, 'config')} shows what compose makes of it.`,
      };
    case 'variable-missing':
      return {
        reason: 'invalid-file',
        message: `${files} needs the variable ${complaint.variable}${complaint.detail === '' ? '' : ` (${complaint.detail})`}.\nSet it in ${shown(join(dirname(environment.files[0] ?? environment.folder), '.env'))}, or in the shell that nx runs in.`,
      };
    case 'name-unsupported':
      return {
        reason: 'unsupported',
        message: `Compose ${engine.compose.version} does not know the top-level \`name:\` in ${files}.\nRemove that line (Switchyard names the environment ${environment.composeProject} anyway), or install Compose v2: https://docs.docker.com/compose/install/.`,
      };
    case 'env-file-missing':
      return explainEnvFile(complaint.file, failed);
    case 'image-missing':
      return explainImage(complaint, failed);
    case 'build-failed':
      return {
        reason: 'build-failed',
        message: `the image of ${complaint.service ?? `a service of ${environment.composeProject}`} could not be built:\n${indent(complaint.detail)}\nSee all of its output with ${commandHint(failed, 'build')}.`,
      };
    case 'port-taken':
      return explainPort(complaint.port, failed);
    case 'name-taken':
      return explainName(complaint.container, complaint.holder, failed);
    case 'network-missing':
      return {
        reason: 'network-missing',
        message: `the network ${complaint.network} does not exist; ${files} takes it for one that is made elsewhere.\nCreate it with \`${engine.program} network create ${complaint.network}\`, or bring up the environment that makes it.`,
      };
    case 'volume-missing':
      return {
        reason: 'other',
        message: `the volume ${complaint.volume} does not exist; ${files} takes it for one that is made elsewhere.\nCreate it with \`${engine.program} volume create ${complaint.volume}\`.`,
      };
    case 'no-service':
      return explainService(complaint.service, failed);
    case 'no-space':
      return {
        reason: 'other',
        message: `no space is left on the engine's disk.\nSee what uses it with \`${engine.program} system df\`, and free what is not needed: \`${engine.program} builder prune\`, \`${engine.program} image prune\`.`,
      };
    case 'engine-gone':
      return {
        reason: 'engine',
        message: `the engine went away while ${environment.composeProject} was worked on.\nStart it again, then run ${commandHint(failed, failed.command)} once more.`,
      };
    case 'permission-denied':
      return {
        reason: 'engine',
        message: `${engine.program} may not be used by this user any more.\nAdd yourself to its group (\`sudo usermod -aG docker $USER\`, then log in anew), or use a rootless engine.`,
      };
    case 'unknown':
      return undefined;
  }
}

function explainEnvFile(file: string, { environment }: FailedCommand): Explanation {
  const users = environment.services?.filter(({ envFiles }) => envFiles.some(({ path }) => path === file));
  const whose = users?.[0] === undefined ? '' : ` of ${users[0].name}`;
  const example = [
    ...['.example', '.sample', '.dist', '.template'].map((ending) => `${file}${ending}`),
    join(dirname(file), '.env.example'),
  ].find((candidate) => existsSync(candidate));
  const next =
    example === undefined
      ? 'Create it, or mark it with `required: false` in the compose file.'
      : `Make it from its example: \`cp ${shown(example)} ${shown(file)}\`, and fill it in.`;
  return {
    reason: 'env-file-missing',
    message: `the env file ${shown(file)}${whose} does not exist.\n${next}`,
  };
}

function explainImage(
  complaint: Extract<ComposeComplaint, { kind: 'image-missing' }>,
  { environment, engine }: FailedCommand,
): Explanation {
  const service = environment.services?.find(({ name }) => name === complaint.service);
  const image = complaint.image ?? service?.image;
  const what = image === undefined ? 'an image' : `image ${image}`;
  const whose = complaint.service ?? environment.composeProject;
  return {
    reason: 'image-missing',
    message: `${what} of ${whose} could not be pulled: ${complaint.detail.replace(/\.$/, '')}.\nCheck its name in ${environment.files.map(shown).join(', ')} and the network; for a private one, log in with \`${engine.program} login\`.`,
  };
}

async function explainPort(port: number, failed: FailedCommand): Promise<Explanation> {
  const { engine, environment, invocation } = failed;
  const another = `publish another port in ${environment.files.map(shown).join(', ')}`;
  const taken = (who: string, stop: string): Explanation => ({
    reason: 'port-taken',
    message: `port ${port} is already in use by ${who}.\n${stop}, or ${another}.`,
  });
  const container = await portOccupant(engine, port);
  if (container?.composeProject === environment.composeProject)
    return {
      reason: 'port-taken',
      message: `port ${port} is published twice in ${environment.composeProject}: ${container.service} has it already.\n${another.replace('p', 'P')}.`,
    };
  if (container !== undefined) {
    const { who, stop } = describeOccupant(engine, container, invocation);
    return { ...taken(who, `Stop it with \`${stop}\``), ...inTheWayOf(container) };
  }
  const program = listeningProcess(port);
  if (program === undefined) return taken('another program of this machine', `Find it with \`ss -ltnp\``);
  return taken(`${program.program}, pid ${program.pid}, which runs outside of containers`, 'Stop it');
}

async function explainName(name: string, id: string, failed: FailedCommand): Promise<Explanation> {
  const { engine, environment, invocation } = failed;
  const [container] = await inspectContainers(engine, [id]);
  const files = environment.files.map(shown).join(', ');
  const next = `or take \`container_name\` out of ${files}`;
  if (container === undefined)
    return {
      reason: 'name-taken',
      message: `the container name ${name} was in use by a container that is gone now.\nTry again, ${next}.`,
    };
  const { who, stop } = describeOccupant(engine, container, invocation);
  return {
    reason: 'name-taken',
    ...inTheWayOf(container),
    message: `the container name ${name} is already in use by ${who}.\nRemove that with \`${stop}\`, ${next}.`,
  };
}

function explainService(service: string, { environment }: FailedCommand): Explanation {
  const names = environment.services?.map(({ name }) => name).join(', ') ?? '';
  return {
    reason: 'no-service',
    message: `${environment.composeProject} has no service ${service}.\n${names === '' ? `See ${environment.files.map(shown).join(', ')}.` : `It has ${names}.`}`,
  };
}

function inTheWayOf({ composeProject }: EngineContainer): Pick<Explanation, 'inTheWay'> {
  return composeProject === '' ? {} : { inTheWay: composeProject };
}
