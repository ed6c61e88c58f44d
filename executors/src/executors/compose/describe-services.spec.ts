import type { NamedEnvironment, ServiceState } from '@switchyard/tools/compose';
import { expect, it } from 'vitest';
import { serviceRows, servicesTable } from './describe-services.ts';

const service = {
  ports: [],
  dependsOn: [],
  oneShot: false,
  hasHealthcheck: false,
  envFiles: [],
  mounts: [],
  profiles: [],
  environment: {},
};
const environment: NamedEnvironment = {
  name: 'dev',
  folder: '/nowhere',
  files: [],
  services: [
    { ...service, name: 'app' },
    { ...service, name: 'tools', profiles: ['tools'] },
  ],
  externalNetworks: [],
  volumes: [],
  problems: [],
  project: 'api',
  composeProject: 'api-dev',
  variables: {},
};
const container: ServiceState['containers'][number] = {
  id: '1',
  name: 'api-dev-app-1',
  image: 'app',
  composeProject: 'api-dev',
  service: 'app',
  oneOff: false,
  state: 'running',
  health: 'healthy',
  healthOutput: '',
  exitCode: 0,
  outOfMemory: false,
  restarts: 0,
  restartPolicy: 'no',
  startedAt: 0,
  createdAt: 0,
  ports: [
    { address: '0.0.0.0', host: 8080, container: 80, protocol: 'tcp' },
    { address: '::', host: 8080, container: 80, protocol: 'tcp' },
    { address: '10.0.0.1', host: 53, container: 53, protocol: 'udp' },
  ],
  networks: {},
  labels: {},
  configFiles: [],
  workingFolder: '/nowhere',
};

it('says where everything is, and nothing of a profile that nobody asked for', () => {
  const rows = serviceRows(environment, [
    { service: 'app', readiness: 'ready', containers: [container] },
    { service: 'tools', readiness: 'absent', containers: [] },
  ]);
  expect(servicesTable(rows, { colours: false })).toBe(
    'SERVICE  STATE  HEALTH   ADDRESS\n' +
      'app      ready  healthy  localhost:8080 -> 80, 10.0.0.1:53 -> 53/udp\n',
  );
});
