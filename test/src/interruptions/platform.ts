import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameEnvironment, readEnvironments, type NamedEnvironment } from '@switchyard/tools/compose';
import { runProgram } from '@switchyard/tools/process';

/** An environment that commands are interrupted on, and a compose project of somebody else beside it. */
export interface Platform extends AsyncDisposable {
  readonly environment: NamedEnvironment;
  readonly folder: string;
  /** What of the environment is in the engine: containers with their states, networks. */
  inEngine(): Promise<readonly string[]>;
  /** The same of the other compose project, with ids and start times. */
  foreign(): Promise<readonly string[]>;
}

const sleeper = { image: 'busybox:1.36', command: 'sleep 1000', stop_grace_period: '0s' };
const shop = {
  services: {
    db: {
      ...sleeper,
      healthcheck: { test: ['CMD', 'test', '-d', '/tmp'], interval: '300ms' },
    },
    migrate: {
      ...sleeper,
      command: 'sleep 0.3',
      depends_on: { db: { condition: 'service_healthy' } },
    },
    app: { ...sleeper, depends_on: { migrate: { condition: 'service_completed_successfully' } } },
    worker: { ...sleeper, networks: ['back'] },
  },
  networks: { back: {} },
};

/** Writes both compose files and brings the other project up, as a person would. */
export async function createPlatform(prefix: string): Promise<Platform> {
  const folder = mkdtempSync(join(tmpdir(), `${prefix}-`));
  const name = `${prefix}-shop`;
  const other = `${prefix}-other`;
  writeFileSync(join(folder, 'compose.yaml'), JSON.stringify({ name, ...shop }));
  const otherFile = join(folder, 'other.json');
  writeFileSync(otherFile, JSON.stringify({ services: { theirs: sleeper } }));
  await docker('compose', '-p', other, '-f', otherFile, 'up', '-d');
  return {
    environment: shopIn(folder),
    folder,
    inEngine: () => list(name, '{{.Names}} {{.State}}'),
    foreign: () => list(other, '{{.ID}} {{.State}} {{.CreatedAt}}'),
    async [Symbol.asyncDispose]() {
      for (const project of [name, other]) await docker('compose', '-p', project, 'down', '-t', '0');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The environment of a folder that `createPlatform` made. */
export function shopIn(folder: string): NamedEnvironment {
  const { environments } = readEnvironments({ folder, workspaceRoot: folder, environment: process.env });
  const [environment] = environments.filter(({ declaredName }) => declaredName !== undefined);
  if (environment === undefined) throw new Error(`The environment was not found in ${folder}.`);
  return nameEnvironment(environment, 'shop');
}

async function list(project: string, format: string): Promise<readonly string[]> {
  const filter = ['--filter', `label=com.docker.compose.project=${project}`];
  const containers = await docker('ps', '--all', ...filter, '--format', format);
  const networks = await docker('network', 'ls', ...filter, '--format', '{{.Name}}');
  return `${containers}\n${networks}`.split('\n').filter(Boolean).toSorted();
}

/** Runs docker and gives what it printed; throws when docker fails. */
async function docker(...args: readonly string[]): Promise<string> {
  const outcome = await runProgram({ file: 'docker', args });
  if (outcome.kind === 'exited' && outcome.code === 0) return outcome.stdout.trim();
  throw new Error(`docker ${args.join(' ')}: ${JSON.stringify(outcome)}`);
}
