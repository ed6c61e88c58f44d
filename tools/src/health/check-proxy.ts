import type { NamedEnvironment } from '../compose/index.ts';
import type { EnvironmentState } from './check-services.ts';
import type { HealthCheck } from './health-report.ts';

/** A container of the engine, of whomever. */
export interface ListedContainer {
  readonly id: string;
  readonly image: string;
  readonly state: string;
  readonly name: string;
  readonly networks: readonly string[];
}

const images: Readonly<Record<string, RegExp>> = {
  traefik: /(?:^|\/)traefik(?:[:@]|$)/,
  'nginx-proxy': /nginx-?proxy|(?:^|\/)swag(?:[:@]|$)/,
  caddy: /(?:^|\/)caddy(?:-docker-proxy)?(?:[:@]|$)/,
};

/** Which reverse proxy an environment counts on, by the labels of its containers and the networks it shares. */
export function neededProxy({ environment, states }: EnvironmentState): string | undefined {
  const labels = states.flatMap(({ containers }) =>
    containers.flatMap((container) => Object.entries(container.labels)),
  );
  const isOff = labels.some(([name, value]) => name === 'traefik.enable' && value === 'false');
  if (!isOff && labels.some(([name]) => name.startsWith('traefik.'))) return 'traefik';
  if (labels.some(([name]) => /^caddy(?:_\d+)?$/.test(name))) return 'caddy';
  if (environment.services.some(({ environment: variables }) => 'VIRTUAL_HOST' in variables))
    return 'nginx-proxy';
  const named = environment.externalNetworks.map((network) =>
    /traefik|caddy|nginx-?proxy/i.exec(network)?.[0].toLowerCase(),
  );
  const found = named.find((name) => name !== undefined);
  return found === 'nginxproxy' ? 'nginx-proxy' : found;
}

/** Whether the proxies that environments count on run, and are on the networks they share with them. */
export function checkProxies(
  needing: readonly EnvironmentState[],
  all: readonly NamedEnvironment[],
  containers: readonly ListedContainer[],
): readonly HealthCheck[] {
  const kinds = new Map<string, EnvironmentState[]>();
  for (const state of needing) {
    const kind = neededProxy(state);
    if (kind !== undefined) kinds.set(kind, [...(kinds.get(kind) ?? []), state]);
  }
  return [...kinds].flatMap(([kind, states]) => checkProxy(kind, states, all, containers));
}

function checkProxy(
  kind: string,
  states: readonly EnvironmentState[],
  all: readonly NamedEnvironment[],
  containers: readonly ListedContainer[],
): readonly HealthCheck[] {
  const subject = 'reverse proxy';
  const matching = containers.filter(({ image }) => images[kind]?.test(image) === true);
  const running = matching.filter(({ state }) => state === 'running');
  const names = states.map(({ environment }) => `${environment.project}-${environment.name}`).join(', ');
  const users = `${names} ${states.length === 1 ? 'counts' : 'count'}`;
  const result = states.some(({ isUp }) => isUp) ? 'failed' : 'warning';
  if (running.length > 0) {
    const [first] = running;
    const reached = new Set(running.flatMap(({ networks }) => networks));
    const missing = new Set(
      states
        .filter(({ isUp }) => isUp)
        .flatMap(({ environment: { externalNetworks } }) =>
          externalNetworks.length > 0 &&
          !externalNetworks.some((network) => reached.has(network) || reached.has('host'))
            ? externalNetworks.slice(0, 1)
            : [],
        ),
    );
    return [
      { subject, result: 'ok', found: `${running.map(({ name }) => name).join(', ')} runs` },
      ...[...missing].map((network): HealthCheck => ({
        subject,
        result: 'warning',
        found: `${first?.name ?? kind} is not on the network ${network}`,
        next: `Connect it: \`docker network connect ${network} ${first?.name ?? kind}\`.`,
      })),
    ];
  }
  const [stopped] = matching;
  if (stopped !== undefined)
    return [
      {
        subject,
        result,
        found: `${stopped.name} does not run, and ${users} on it`,
        next: `Start it: \`docker start ${stopped.name}\`.`,
        remedy: { kind: 'start-container', id: stopped.id, name: stopped.name },
      },
    ];
  const home = all.find(({ services }) =>
    services.some(({ image = '' }) => images[kind]?.test(image) === true),
  );
  return [
    {
      subject,
      result,
      found: `no ${kind} runs, and ${users} on it`,
      next:
        home === undefined
          ? `Start your ${kind}: no project of this workspace has one.`
          : `Start it: \`nx compose:up ${home.project} -c ${home.name}\`.`,
      ...(home === undefined
        ? {}
        : { remedy: { kind: 'bring-up', environment: home, restart: [] } as const }),
    },
  ];
}
