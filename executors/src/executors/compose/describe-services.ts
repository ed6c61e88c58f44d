import type { NamedEnvironment, ServiceState } from '@switchyard/tools/compose';
import { renderTable, type OutputStyle, type TextStyle } from '@switchyard/tools/table';

/** How one service is, for people and programs. */
export interface ServiceRow {
  readonly service: string;
  readonly state: ServiceState['readiness'];
  /** `healthy`, `none` where it has no health check; empty when it does not run. */
  readonly health: string;
  /** `localhost:8080 -> 80`. */
  readonly addresses: readonly string[];
}

const styles: Readonly<Record<ServiceState['readiness'], TextStyle>> = {
  ready: 'green',
  completed: 'green',
  starting: 'yellow',
  stopped: 'dim',
  absent: 'dim',
  unhealthy: 'red',
  failed: 'red',
};

/** Where everything is. Services of a profile that nobody asked for are left out. */
export function serviceRows(environment: NamedEnvironment, states: readonly ServiceState[]): ServiceRow[] {
  return states.flatMap(({ service, readiness, containers }) => {
    const profiles = environment.services.find(({ name }) => name === service)?.profiles ?? [];
    if (readiness === 'absent' && profiles.length > 0) return [];
    const running = containers.filter(({ state }) => state === 'running');
    const ports = running.flatMap((container) => container.ports);
    return [
      {
        service,
        state: readiness,
        health: [...new Set(running.map(({ health }) => health))].join(', '),
        addresses: [...new Set(ports.map(address))],
      },
    ];
  });
}

/** The same as a table. */
export function servicesTable(rows: readonly ServiceRow[], style: OutputStyle): string {
  return renderTable(
    [{ title: 'SERVICE' }, { title: 'STATE' }, { title: 'HEALTH' }, { title: 'ADDRESS', shrinks: true }],
    rows.map(({ service, state, health, addresses }) => [
      service,
      { text: state, style: styles[state] },
      health === 'none' ? '-' : health,
      addresses.join(', '),
    ]),
    style,
  );
}

function address(port: ServiceState['containers'][number]['ports'][number]): string {
  const everywhere = ['', '0.0.0.0', '::', '127.0.0.1', '::1'].includes(port.address);
  const host = everywhere ? 'localhost' : port.address;
  const suffix = port.protocol === 'tcp' ? '' : `/${port.protocol}`;
  return `${host}:${port.host} -> ${port.container}${suffix}`;
}
