import type { TargetConfiguration } from '@nx/devkit';
import type { NamedEnvironment } from '@switchyard/tools/compose';

/** What the targets of a project's environments need to know of it. */
export interface ComposeContext {
  readonly prefix: string;
  /** What deciding whether the compose files are sound depends on. */
  readonly inputs: NonNullable<TargetConfiguration['inputs']>;
  /** The project has the targets for databases already, for all of the platform. */
  readonly hasDatabaseTargets: boolean;
  /** Whether another target or script has a name. */
  readonly isTaken: (name: string) => boolean;
}

const commands = [
  ['up', 'Bring up'],
  ['down', 'Take down'],
  ['restart', 'Restart'],
  ['build', 'Build the images of'],
  ['logs', 'Follow the logs of'],
  ['ps', 'Show the containers of'],
  ['config', 'Check the compose files of'],
  ['pull', 'Pull the images of'],
] as const;

const continuous: ReadonlySet<string> = new Set(['up', 'logs']);

/** Targets for the environments of one project; the first of them is the default one. */
export function composeTargets(
  environments: readonly NamedEnvironment[],
  context: ComposeContext,
): Record<string, TargetConfiguration> {
  const [standard] = environments;
  if (standard === undefined) return {};
  const choice = {
    configurations: Object.fromEntries(environments.map(({ name }) => [name, { environment: name }])),
    defaultConfiguration: standard.name,
  };
  const targets: Record<string, TargetConfiguration> = {};
  const add = (name: string, target: TargetConfiguration, what: string): void => {
    const free = freeName(name, 'compose:', (taken) => taken in targets || context.isTaken(taken));
    if (free === undefined) return;
    const metadata = { technologies: ['docker', 'compose'], description: describe(what, environments) };
    targets[free] = { ...target, ...choice, metadata };
  };
  for (const [command, what] of commands) {
    const cache =
      command === 'config' ? { cache: true, inputs: context.inputs, outputs: [] } : { cache: false };
    const target = {
      executor: '@switchyard/executors:compose',
      options: { command, environment: standard.name },
      ...(continuous.has(command) ? { continuous: true } : {}),
      ...cache,
    };
    add(`${context.prefix}${command}`, target, what);
  }
  const shell = {
    executor: '@switchyard/executors:shell',
    options: { environment: standard.name },
    cache: false,
  };
  add('shell', shell, 'Open a shell in');
  if (!context.hasDatabaseTargets && environments.some(usesPostgres))
    Object.assign(
      targets,
      databaseTargets((name) => name in targets || context.isTaken(name)),
    );
  return targets;
}

const databaseCommands = {
  'db:snapshot': 'Save, list and restore snapshots of the databases',
  'db:migrations': 'Show and apply the migrations of the databases',
};

const platformCommands = {
  health: 'Check the health of the whole platform',
  status: 'Show all containers of the platform',
  logs: 'Show the logs of the whole platform',
  cleanup: 'Remove what the platform no longer needs from the engine',
  setup: 'Prepare this machine for the platform',
  ...databaseCommands,
};

/** Targets of the root project, for all environments of the workspace. */
export function platformTargets(isTaken: (name: string) => boolean): Record<string, TargetConfiguration> {
  return simpleTargets(platformCommands, isTaken);
}

function databaseTargets(isTaken: (name: string) => boolean): Record<string, TargetConfiguration> {
  return simpleTargets(databaseCommands, isTaken);
}

function simpleTargets(
  all: Readonly<Record<string, string>>,
  isTaken: (name: string) => boolean,
): Record<string, TargetConfiguration> {
  const targets: Record<string, TargetConfiguration> = {};
  for (const [name, description] of Object.entries(all)) {
    const free = freeName(name, 'platform:', isTaken);
    if (free === undefined) continue;
    targets[free] = {
      executor: `@switchyard/executors:${name.replace(':', '-')}`,
      options: {},
      cache: false,
      metadata: { technologies: ['docker', 'compose'], description },
    };
  }
  return targets;
}

/** What a person wrote keeps its name; ours then has a prefix. */
function freeName(name: string, prefix: string, isTaken: (name: string) => boolean): string | undefined {
  return [name, `${prefix}${name}`].find((candidate) => !isTaken(candidate));
}

/** `Bring up api-dev: app, postgres (or -c test)`. */
function describe(what: string, [standard, ...others]: readonly NamedEnvironment[]): string {
  if (standard === undefined) return what;
  const services = standard.services.map(({ name }) => name).join(', ');
  const choice = others.length === 0 ? '' : ` (or -c ${others.map(({ name }) => name).join(', ')})`;
  return `${what} ${standard.composeProject}${services === '' ? '' : `: ${services}`}${choice}`;
}

const postgresImage = /(?:^|\/)[^/:@]*(?:postgres|postgis|timescale|pgvector)[^/]*$/i;

function usesPostgres({ services }: NamedEnvironment): boolean {
  return services.some(({ image }) => image !== undefined && postgresImage.test(image));
}
