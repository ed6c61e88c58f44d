import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../process/index.ts';
import type { ComposeService, NamedEnvironment } from '../environment.ts';
import { removeRecord } from './environment-record.ts';
import type { ComposeInvocation } from './lifecycle.ts';

/** A service as a compose file has it, as far as the specs need it. */
export interface FixtureService {
  readonly image?: string;
  readonly build?: string;
  readonly command?: string | readonly string[];
  readonly container_name?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly profiles?: readonly string[];
  readonly [key: string]: unknown;
}

/** A compose environment in a folder of its own, and what was said while it was worked with. */
export interface FixtureEnvironment extends AsyncDisposable {
  readonly environment: NamedEnvironment;
  readonly invocation: ComposeInvocation;
  /** What was reported, and what compose wrote. */
  readonly lines: string[];
  readonly output: () => string;
  readonly file: string;
  /** What the file holds at first. */
  readonly document: string;
  write(document: string): void;
  /** Names of its containers and networks in the engine. */
  inEngine(): Promise<readonly string[]>;
}

/** Writes a compose file and gives the environment; it is removed from the engine at the end. */
export function composeFixture(
  services: Readonly<Record<string, FixtureService>>,
  { rest = {}, name = `lc-${randomBytes(4).toString('hex')}` }: { rest?: object; name?: string } = {},
): FixtureEnvironment {
  const folder = mkdtempSync(join(tmpdir(), 'lc-'));
  const file = join(folder, 'compose.yaml');
  // JSON is YAML. Compose v1 takes a file without a version for one of version 1.
  const document = JSON.stringify({ version: '2.4', services: withDefaults(services), ...rest });
  writeFileSync(file, document);
  const lines: string[] = [];
  let output = '';
  const environment: NamedEnvironment = {
    name: 'dev',
    project: 'shop',
    composeProject: name,
    folder,
    files: [file],
    services: Object.entries(services).map(([serviceName, service]) =>
      toService(serviceName, service, services),
    ),
    externalNetworks: [],
    volumes: [],
    variables: {},
    envFiles: [],
    problems: [],
  };
  return {
    environment,
    file,
    document,
    lines,
    output: () => output,
    invocation: {
      name: 'shop:compose:up',
      report: (line) => lines.push(line),
      onOutput: (chunk) => (output += Buffer.from(chunk).toString()),
    },
    write: (text) => {
      writeFileSync(file, text);
    },
    inEngine: () => inEngine(name),
    async [Symbol.asyncDispose]() {
      await removeFromEngine(name);
      removeRecord(name);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A health check that a shell command decides. */
export function check(test: string, retries = 3): object {
  return { test: ['CMD-SHELL', test], interval: '200ms', timeout: '5s', retries };
}

/** Runs docker and gives what it printed; fails the spec when docker fails. */
export async function docker(...args: string[]): Promise<string> {
  const outcome = await runProgram({ file: 'docker', args });
  if (outcome.kind === 'exited' && outcome.code === 0) return outcome.stdout.trim();
  throw new Error(`docker ${args.join(' ')}: ${JSON.stringify(outcome)}`);
}

function withDefaults(services: Readonly<Record<string, FixtureService>>): object {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => [
      name,
      {
        ...(service.build === undefined ? { image: 'busybox:1.36' } : {}),
        // A shell as the first process ignores SIGTERM.
        stop_grace_period: '0s',
        ...service,
      },
    ]),
  );
}

function toService(
  name: string,
  service: FixtureService,
  all: Readonly<Record<string, FixtureService>>,
): ComposeService {
  return {
    name,
    image: service.image ?? 'busybox:1.36',
    ...(service.container_name === undefined ? {} : { containerName: service.container_name }),
    ports: [],
    dependsOn: Object.keys(service.depends_on ?? {}),
    oneShot: Object.values(all).some(
      (other) => other.depends_on?.[name]?.condition === 'service_completed_successfully',
    ),
    hasHealthcheck: 'healthcheck' in service,
    envFiles: [],
    mounts: [],
    profiles: service.profiles ?? [],
    environment: {},
  };
}

async function inEngine(name: string): Promise<readonly string[]> {
  const filter = ['--filter', `label=com.docker.compose.project=${name}`];
  const containers = await docker('ps', '--all', ...filter, '--format', '{{.Names}}');
  const networks = await docker('network', 'ls', ...filter, '--format', '{{.Name}}');
  return `${containers}\n${networks}`.split('\n').filter(Boolean).toSorted();
}

async function removeFromEngine(name: string): Promise<void> {
  const filter = ['--quiet', '--filter', `label=com.docker.compose.project=${name}`];
  for (const [list, remove] of [
    [
      ['ps', '--all'],
      ['rm', '--force', '--volumes'],
    ],
    [
      ['network', 'ls'],
      ['network', 'rm'],
    ],
    [
      ['volume', 'ls'],
      ['volume', 'rm'],
    ],
  ] as const) {
    const ids = (await docker(...list, ...filter)).split('\n').filter(Boolean);
    if (ids.length > 0) await docker(...remove, ...ids);
  }
}
