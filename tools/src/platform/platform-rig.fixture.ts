import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findEngine, type ComposeService, type Engine, type NamedEnvironment } from '../compose/index.ts';
import { runProgram } from '../process/index.ts';

/** A service of a rig: what is to stand in its compose file, and what the reading of it would say. */
export interface RigService {
  /** Lines below the name of the service. */
  readonly lines: readonly string[];
  readonly reading?: Partial<ComposeService>;
}

/** An environment of a rig. */
export interface RigEnvironment {
  readonly project: string;
  readonly name: string;
  readonly services: Readonly<Record<string, RigService>>;
  /** Lines at the top level of the compose file: networks, volumes. */
  readonly top?: readonly string[];
  readonly externalNetworks?: readonly string[];
  readonly volumes?: readonly string[];
}

/** A workspace in a temporary folder whose environments can be brought up by Compose; what it made is taken away at the end. */
export interface PlatformRig extends AsyncDisposable {
  readonly workspaceRoot: string;
  readonly environments: readonly NamedEnvironment[];
  readonly engine: Engine;
  /** `api-dev` */
  environment(name: string): NamedEnvironment;
  /** Runs compose for an environment and gives what it printed; throws when it fails. */
  compose(name: string, ...args: string[]): Promise<string>;
  docker(...args: string[]): Promise<string>;
}

const service: Omit<ComposeService, 'name'> = {
  ports: [],
  dependsOn: [],
  oneShot: false,
  hasHealthcheck: false,
  envFiles: [],
  mounts: [],
  profiles: [],
  environment: {},
};

/** A service that only waits, stops at once, and says something first. */
export const waiting = (says = 'ready'): readonly string[] => [
  'image: busybox:1.36',
  'init: true',
  `command: ['sh', '-c', 'echo ${says}; exec sleep 1000']`,
];

/** Compose projects are called `<prefix><random>-<project>-<environment>`. */
export async function createPlatformRig(
  environments: readonly RigEnvironment[],
  { at }: { readonly at?: string } = {},
): Promise<PlatformRig> {
  const workspaceRoot = at ?? (await realpath(await mkdtemp(join(tmpdir(), 'op-'))));
  const outcome = await findEngine();
  if (outcome.kind !== 'found') throw new Error(outcome.message);
  const { engine } = outcome;
  const unique =
    workspaceRoot
      .split('/')
      .at(-1)
      ?.toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '') ?? '';
  const named = environments.map((environment) => layOut(workspaceRoot, unique, environment));
  const docker = (...args: string[]): Promise<string> => mustRun('docker', args, workspaceRoot);
  const find = (name: string): NamedEnvironment => {
    const found = named.find((candidate) => `${candidate.project}-${candidate.name}` === name);
    if (found === undefined) throw new Error(`The rig has no ${name}.`);
    return found;
  };
  const compose = (name: string, ...args: string[]): Promise<string> => {
    const { composeProject, files, folder } = find(name);
    const fileArgs = files.flatMap((file) => ['-f', file]);
    return mustRun('docker', ['compose', '-p', composeProject, ...fileArgs, ...args], folder);
  };
  return {
    workspaceRoot,
    environments: named,
    engine,
    environment: find,
    compose,
    docker,
    [Symbol.asyncDispose]: async () => {
      const down = ['down', '-v', '-t', '0', '--rmi', 'local', '--remove-orphans'];
      for (const { project, name } of environments)
        // Without its profiles named, compose leaves the services of profiles behind.
        await compose(`${project}-${name}`, '--profile', '*', ...down);
      if (at === undefined) await rm(workspaceRoot, { recursive: true, force: true });
    },
  };
}

function layOut(workspaceRoot: string, unique: string, environment: RigEnvironment): NamedEnvironment {
  const folder = join(workspaceRoot, 'projects', environment.project);
  const file = join(folder, 'compose', `${environment.name}.yml`);
  mkdirSync(dirname(file), { recursive: true });
  const services = Object.entries(environment.services).flatMap(([name, { lines }]) => [
    `  ${name}:`,
    ...lines.map((line) => `    ${line}`),
  ]);
  writeFileSync(file, [...(environment.top ?? []), 'services:', ...services, ''].join('\n'));
  return {
    name: environment.name,
    project: environment.project,
    composeProject: `${unique}-${environment.project}-${environment.name}`,
    folder,
    files: [file],
    services: Object.entries(environment.services).map(([name, { reading }]) => ({
      ...service,
      name,
      ...reading,
    })),
    externalNetworks: environment.externalNetworks ?? [],
    volumes: environment.volumes ?? [],
    problems: [],
    variables: {},
  };
}

async function mustRun(file: string, args: readonly string[], cwd: string): Promise<string> {
  const outcome = await runProgram({ file, args, cwd });
  if (outcome.kind === 'exited' && outcome.code === 0) return outcome.stdout;
  const said = outcome.kind === 'missing' ? 'missing' : outcome.stderr;
  throw new Error(`${file} ${args.join(' ')}: ${said}`);
}
