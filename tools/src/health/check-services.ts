import { serviceStates, type Engine, type NamedEnvironment, type ServiceState } from '../compose/index.ts';
import type { OwnContainer } from '../platform/index.ts';
import { routeHosts } from '../status/index.ts';
import { checkHost } from './check-host.ts';
import { checkPort, portHost } from './check-port.ts';
import { probeDatabase } from './database-probe.ts';
import type { HealthCheck } from './health-report.ts';

/** One environment and what the engine knows of it. */
export interface EnvironmentState {
  readonly environment: NamedEnvironment;
  readonly states: readonly ServiceState[];
  /** At least one of its services runs. */
  readonly isUp: boolean;
}

/** How an environment is, by its containers. Services of a profile count when they have a container. */
export function environmentState(
  environment: NamedEnvironment,
  containers: readonly OwnContainer[],
): EnvironmentState {
  const own = containers.filter((container) => container.environment === environment);
  const states = serviceStates(environment, own).filter(({ service, readiness }) => {
    const inProfile = environment.services.some(
      ({ name, profiles }) => name === service && profiles.length > 0,
    );
    return !inProfile || (readiness !== 'absent' && readiness !== 'stopped');
  });
  const isUp = states.some(({ readiness }) => ['ready', 'starting', 'unhealthy'].includes(readiness));
  return { environment, states, isUp };
}

/** Looks at every service of an environment that is up: its state, its database, its ports, its host names. */
export async function checkServices(
  engine: Engine,
  { environment, states }: EnvironmentState,
): Promise<readonly HealthCheck[]> {
  const checks = states.flatMap((state) => [
    Promise.resolve(checkState(environment, state)),
    ...databaseChecks(engine, environment, state),
    ...portChecks(environment, state),
    ...hostChecks(environment, state),
  ]);
  return (await Promise.all(checks)).filter((check) => check !== undefined);
}

function checkState(environment: NamedEnvironment, state: ServiceState): HealthCheck {
  const { project, name } = environment;
  const subject = { project, environment: name, subject: state.service };
  const target = `${project} -c ${name}`;
  const logs = `nx compose:logs ${target} --services ${state.service}`;
  const unhealthy = state.containers.filter(({ health }) => health === 'unhealthy');
  const remedy = { kind: 'bring-up', environment, restart: unhealthy } as const;
  const ended = state.containers.find(
    ({ state: is }) => is === 'exited' || is === 'dead' || is === 'restarting',
  );
  switch (state.readiness) {
    case 'ready':
      return { ...subject, result: 'ok', found: state.containers.some(isHealthy) ? 'healthy' : 'running' };
    case 'completed':
      return { ...subject, result: 'ok', found: 'completed' };
    case 'starting':
      return { ...subject, result: 'warning', found: 'starting', next: `Wait, or look at \`${logs}\`.` };
    case 'unhealthy':
      return {
        ...subject,
        result: 'failed',
        found: `unhealthy${withReason(unhealthy[0]?.healthOutput)}`,
        next: `Look at \`${logs}\`; restart it with \`nx compose:restart ${target}\`.`,
        remedy,
      };
    case 'failed':
      return {
        ...subject,
        result: 'failed',
        found:
          ended?.state === 'restarting'
            ? `starts over and over, exits with ${ended.exitCode}`
            : `exited with ${ended?.exitCode ?? 1}${ended?.outOfMemory === true ? ': out of memory' : ''}`,
        next: `Look at \`${logs}\`, then \`nx compose:up ${target}\`.`,
        remedy,
      };
    case 'stopped':
    case 'absent':
      return {
        ...subject,
        result: 'failed',
        found: state.readiness === 'absent' ? 'has no container' : 'stopped',
        next: `Start it: \`nx compose:up ${target}\`.`,
        remedy,
      };
  }
}

function isHealthy({ health }: { readonly health: string }): boolean {
  return health === 'healthy';
}

/** The last line that a health check printed says why; it may be long. */
function withReason(output: string | undefined): string {
  const line = (output ?? '').trim().split('\n').at(-1) ?? '';
  return line === '' ? '' : `: ${line.length > 100 ? `${line.slice(0, 99)}…` : line}`;
}

function databaseChecks(
  engine: Engine,
  environment: NamedEnvironment,
  { service, containers }: ServiceState,
): readonly Promise<HealthCheck | undefined>[] {
  const declared = environment.services.find(({ name }) => name === service);
  const subject = { project: environment.project, environment: environment.name, subject: service };
  return containers
    .filter(({ state }) => state === 'running')
    .map(async (container): Promise<HealthCheck | undefined> => {
      const image = declared?.image ?? container.image;
      const answer = await probeDatabase(engine, { id: container.id, image }, declared?.environment ?? {});
      if (answer.kind === 'unknown') return undefined;
      if (answer.kind === 'accepts') return { ...subject, result: 'ok', found: 'accepts connections' };
      return {
        ...subject,
        result: 'failed',
        found: `takes no connections${withReason(answer.said)}`,
        next: `Look at \`nx compose:logs ${environment.project} -c ${environment.name} --services ${service}\`.`,
        remedy: { kind: 'bring-up', environment, restart: [container] },
      };
    });
}

function portChecks(environment: NamedEnvironment, state: ServiceState): readonly Promise<HealthCheck>[] {
  const subject = { project: environment.project, environment: environment.name, subject: state.service };
  const places = new Map(
    state.containers
      .filter((container) => container.state === 'running')
      .flatMap(({ ports }) => ports)
      // Bound for IPv4 and IPv6 alike, it is one port to a person.
      .filter(({ protocol, address }) => protocol === 'tcp' && portHost(address) !== '::1')
      .map(({ address, host, container }) => [`${portHost(address)} ${host}`, { address, host, container }]),
  );
  return [...places.values()].map(async ({ address, host, container }): Promise<HealthCheck> => {
    const where = portHost(address);
    const place = `${where === '127.0.0.1' ? 'localhost' : where}:${host}`;
    const answer = await checkPort(where, host);
    if (answer === 'accepts') return { ...subject, result: 'ok', found: `${place} answers` };
    const next =
      answer === 'hangs-up'
        ? `Does it listen on 0.0.0.0:${container} inside the container, and not on 127.0.0.1 or another port?`
        : 'Is a firewall in between, or the engine on another machine (DOCKER_HOST)?';
    // Its own health check knows better: it may take a client's first word to be answered.
    const result = answer === 'hangs-up' && state.containers.some(isHealthy) ? 'warning' : 'failed';
    const found =
      answer === 'hangs-up'
        ? `hangs up: nothing listens on port ${container} in the container`
        : answer === 'silent'
          ? 'does not answer'
          : 'refuses connections';
    return { ...subject, result, found: `${place} ${found}`, next };
  });
}

function hostChecks(environment: NamedEnvironment, state: ServiceState): readonly Promise<HealthCheck>[] {
  const subject = { project: environment.project, environment: environment.name, subject: state.service };
  const declared = environment.services.find(({ name }) => name === state.service)?.environment ?? {};
  const virtual = (declared['VIRTUAL_HOST'] ?? '').split(',').filter(Boolean);
  const labelled = state.containers
    .filter(({ state: is }) => is === 'running')
    .flatMap(({ labels }) => routeHosts(labels));
  return [...new Set([...labelled, ...virtual])].map(async (host): Promise<HealthCheck> => {
    const answer = await checkHost(host);
    switch (answer.kind) {
      case 'resolved':
        return { ...subject, result: 'ok', found: `${host} is ${answer.address}` };
      case 'unknown':
        return {
          ...subject,
          result: 'failed',
          found: `${host} is not known to this machine`,
          next: `Add it: \`echo "127.0.0.1 ${host}" | sudo tee -a /etc/hosts\`.`,
        };
      case 'silent':
        return {
          ...subject,
          result: 'warning',
          found: `no name server answers for ${host}`,
          next: 'Look at the name servers in /etc/resolv.conf.',
        };
    }
  });
}
