import { runProgram, type ProgramOutcome } from '../../process/index.ts';
import type { Compose, Engine, EngineOutcome } from './engine.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Milliseconds: an engine that is stuck accepts connections and never answers. */
const patience = 20_000;

const found = new Map<string, Promise<EngineOutcome>>();

/**
 * Finds the container engine: docker, else podman, or the one that SWITCHYARD_ENGINE names; with the newest compose that
 * it has, or the one that SWITCHYARD_COMPOSE names (`docker-compose`). Asked once for each process and environment.
 */
export function findEngine(environment: Environment = process.env): Promise<EngineOutcome> {
  const names = ['SWITCHYARD_ENGINE', 'SWITCHYARD_COMPOSE', 'DOCKER_HOST', 'DOCKER_CONTEXT', 'PATH'];
  const key = JSON.stringify(names.map((name) => environment[name]));
  let outcome = found.get(key);
  if (outcome === undefined) {
    outcome = look(environment);
    found.set(key, outcome);
    // Only a find is kept: an engine may be started meanwhile.
    void outcome.then(({ kind }) => (kind === 'found' ? undefined : found.delete(key)));
  }
  return outcome;
}

async function look(environment: Environment): Promise<EngineOutcome> {
  const wanted = environment['SWITCHYARD_ENGINE'];
  const programs = wanted === undefined ? ['docker', 'podman'] : [wanted];
  let problem: EngineOutcome | undefined;
  for (const program of programs) {
    const outcome = await askEngine(program, environment);
    if (outcome.kind === 'found') return outcome;
    // What docker said matters more than that there is no podman.
    if (outcome.kind !== 'no-engine') problem ??= outcome;
  }
  return problem ?? noEngine(programs);
}

async function askEngine(program: string, environment: Environment): Promise<EngineOutcome> {
  const ask = (file: string, ...args: string[]): Promise<ProgramOutcome> =>
    runProgram({ file, args, environment, timeout: patience });
  const [version, compose] = await Promise.all([
    ask(program, 'version', '--format', '{{.Server.Version}}'),
    findCompose(program, environment['SWITCHYARD_COMPOSE'], ask),
  ]);
  if (version.kind === 'missing') return noEngine([program]);
  if (version.kind === 'timed-out')
    return {
      kind: 'engine-down',
      message: `${program} did not answer within ${patience / 1000} s.\nLook at the engine's log, or restart it: \`systemctl restart docker\`, or Docker Desktop.`,
    };
  if (version.kind !== 'exited' || version.code !== 0) return unreachable(program, version, environment);
  if (compose === undefined)
    return {
      kind: 'no-compose',
      message: `${program} ${version.stdout.trim()} has no compose: neither \`${program} compose\` nor \`${program}-compose\` answers.\nInstall it: https://docs.docker.com/compose/install/, or \`apt-get install docker-compose-plugin\`.`,
    };
  const kind: Engine['kind'] = program.includes('podman') ? 'podman' : 'docker';
  return { kind: 'found', engine: { kind, program, version: version.stdout.trim(), compose } };
}

type Ask = (file: string, ...args: string[]) => Promise<ProgramOutcome>;

async function findCompose(
  program: string,
  wanted: string | undefined,
  ask: Ask,
): Promise<Compose | undefined> {
  const candidates: readonly (readonly [string, ...string[]])[] =
    wanted === undefined || wanted === ''
      ? [[program, 'compose'], [`${program}-compose`]]
      : [nonEmpty(wanted.split(' ').filter(Boolean), program)];
  for (const command of candidates) {
    const [file, ...args] = command;
    const outcome = await ask(file, ...args, 'version', '--short');
    if (outcome.kind !== 'exited' || outcome.code !== 0) continue;
    const version = /\d+\.\d+\.\d+/.exec(outcome.stdout)?.[0] ?? outcome.stdout.trim();
    const isPodmanCompose = outcome.stdout.includes('podman-compose') || file === 'podman-compose';
    return {
      kind: isPodmanCompose ? 'podman-compose' : version.startsWith('1.') ? 'v1' : 'v2',
      command,
      version,
    };
  }
  return undefined;
}

function nonEmpty(words: readonly string[], program: string): readonly [string, ...string[]] {
  const [first = program, ...rest] = words;
  return [first, ...rest];
}

function noEngine(programs: readonly string[]): EngineOutcome {
  return {
    kind: 'no-engine',
    message: `No container engine was found: ${programs.join(' and ')} ${programs.length === 1 ? 'is' : 'are'} not on the PATH.\nInstall Docker (https://docs.docker.com/engine/install/) or Podman, or name yours in SWITCHYARD_ENGINE.`,
  };
}

function unreachable(program: string, outcome: ProgramOutcome, environment: Environment): EngineOutcome {
  const said = outcome.kind === 'missing' ? '' : (outcome.stderr.trim().split('\n').at(-1) ?? '');
  if (/permission denied/i.test(said))
    return {
      kind: 'permission-denied',
      message: `${program} may not be used by this user: ${said}\nAdd yourself to its group (\`sudo usermod -aG docker $USER\`, then log in anew), or use a rootless engine.`,
    };
  const host = environment['DOCKER_HOST'];
  const where = host === undefined ? '' : ` DOCKER_HOST is ${host}.`;
  return {
    kind: 'engine-down',
    message: `${program} is installed, but its engine does not answer: ${said}${where}\nStart it: \`sudo systemctl start docker\`, or Docker Desktop, or \`podman machine start\`.`,
  };
}
