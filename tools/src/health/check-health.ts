import { containerSecrets, findEngine, type Engine, type NamedEnvironment } from '../compose/index.ts';
import { askEngine, listPlatformContainers, type Platform } from '../platform/index.ts';
import { harmlessText } from '../table/index.ts';
import { checkDisk } from './check-disk.ts';
import { checkProxies, type ListedContainer } from './check-proxy.ts';
import { checkServices, environmentState, type EnvironmentState } from './check-services.ts';
import type { HealthCheck, HealthReport } from './health-report.ts';

/** What is to be looked at. */
export interface HealthRequest {
  readonly platform: Platform;
  /** The selected part of it. */
  readonly environments: readonly NamedEnvironment[];
  /** Names of environments that have to be up; others may be down. */
  readonly required: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Looks at everything that a platform needs to work, all at once. Throws when the engine fails in the middle. */
export async function checkHealth(request: HealthRequest): Promise<HealthReport> {
  const started = performance.now();
  const outcome = await findEngine(request.environment);
  const checks =
    outcome.kind === 'found' ? await checkAll(outcome.engine, request) : [engineMissing(outcome.message)];
  return {
    healthy: checks.every(({ result }) => result !== 'failed'),
    checks,
    milliseconds: Math.round(performance.now() - started),
  };
}

async function checkAll(engine: Engine, request: HealthRequest): Promise<readonly HealthCheck[]> {
  const disk = checkDisk(engine);
  const [{ own, foreign }, networks, listed] = await Promise.all([
    listPlatformContainers(engine, request.platform),
    listNetworks(engine),
    listContainers(engine),
  ]);
  const states = request.environments.map((environment) => environmentState(environment, own));
  const isWanted = ({ environment, isUp }: EnvironmentState): boolean =>
    isUp || request.required.includes(environment.name);
  const environments = states.map(async (state) =>
    state.isUp ? checkServices(engine, state) : [downCheck(state, isWanted(state))],
  );
  const { compose } = engine;
  const checks: readonly HealthCheck[] = [
    {
      subject: 'engine',
      result: 'ok',
      found: `${engine.program} ${engine.version}, compose ${compose.version}`,
    },
    ...(await disk),
    ...networkChecks(states, networks, isWanted),
    ...checkProxies(states, request.platform.environments, listed),
    ...foreign.slice(0, 1).map(takenElsewhere),
    ...(await Promise.all(environments)).flat(),
  ];
  // What a health check prints may hold a password, or be meant for the terminal.
  const hide = await containerSecrets(
    engine,
    own.map(({ id }) => id),
    request.environments,
  );
  return checks.map((check) => ({ ...check, found: harmlessText(hide(check.found), { colours: false }) }));
}

function engineMissing(message: string): HealthCheck {
  const [found = '', ...next] = message.split('\n');
  return { subject: 'engine', result: 'failed', found, next: next.join(' ') };
}

function downCheck({ environment, states }: EnvironmentState, isRequired: boolean): HealthCheck {
  const { project, name } = environment;
  const crashed = states.filter(({ readiness }) => readiness === 'failed').map(({ service }) => service);
  const found = crashed.length === 0 ? 'down' : `down: ${crashed.join(', ')} failed`;
  const subject = { project, environment: name, subject: '' };
  if (!isRequired) return { ...subject, result: 'down', found };
  return {
    ...subject,
    result: 'failed',
    found,
    next: `Bring it up: \`nx compose:up ${project} -c ${name}\`.`,
    remedy: { kind: 'bring-up', environment, restart: [] },
  };
}

function networkChecks(
  states: readonly EnvironmentState[],
  networks: ReadonlySet<string>,
  isWanted: (state: EnvironmentState) => boolean,
): readonly HealthCheck[] {
  const users = new Map<string, EnvironmentState[]>();
  for (const state of states)
    for (const network of state.environment.externalNetworks)
      users.set(network, [...(users.get(network) ?? []), state]);
  return [...users].map(([network, needing]): HealthCheck => {
    const subject = `network ${network}`;
    if (networks.has(network)) return { subject, result: 'ok', found: 'exists' };
    const names = needing.map(({ environment }) => `${environment.project}-${environment.name}`).join(', ');
    return {
      subject,
      result: needing.some(isWanted) ? 'failed' : 'warning',
      found: `does not exist, and ${names} ${needing.length === 1 ? 'needs' : 'need'} it`,
      next: `Create it: \`docker network create ${network}\`, or \`nx health --fix\`.`,
      remedy: { kind: 'create-network', network },
    };
  });
}

function takenElsewhere({
  composeProject,
  workingFolder,
}: {
  composeProject: string;
  workingFolder: string;
}): HealthCheck {
  return {
    subject: 'names',
    result: 'warning',
    found: `${composeProject} is also the name of what runs from ${workingFolder}`,
    next: `Take that down, or give one of them another name: \`name:\` in its compose file.`,
  };
}

async function listNetworks(engine: Engine): Promise<ReadonlySet<string>> {
  const answer = await askEngine(engine, ['network', 'ls', '--format', '{{.Name}}']);
  return new Set(answer.text.split('\n').filter(Boolean));
}

async function listContainers(engine: Engine): Promise<readonly ListedContainer[]> {
  const format = '{{.ID}}\t{{.Image}}\t{{.State}}\t{{.Names}}\t{{.Networks}}';
  const answer = await askEngine(engine, ['ps', '--all', '--format', format]);
  return answer.text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [id = '', image = '', state = '', name = '', networks = ''] = line.split('\t');
      return { id, image, state, name, networks: networks.split(',') };
    });
}
