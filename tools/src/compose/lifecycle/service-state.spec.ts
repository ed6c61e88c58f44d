import { describe, expect, it } from 'vitest';
import type { EngineContainer } from '../engine/index.ts';
import type { ComposeService } from '../environment.ts';
import { serviceStates } from './service-state.ts';

const now = 1_000_000;
const service: ComposeService = {
  name: 'db',
  ports: [],
  dependsOn: [],
  oneShot: false,
  hasHealthcheck: false,
  envFiles: [],
  mounts: [],
  profiles: [],
  environment: {},
};
const running: EngineContainer = {
  id: 'a',
  name: 'shop-db-1',
  image: 'postgres',
  composeProject: 'shop',
  service: 'db',
  oneOff: false,
  state: 'running',
  health: 'none',
  exitCode: 0,
  outOfMemory: false,
  restarts: 0,
  healthOutput: '',
  restartPolicy: 'no',
  startedAt: now - 60_000,
  createdAt: now - 60_000,
  ports: [],
  networks: {},
  labels: {},
  configFiles: [],
  workingFolder: '',
};

function readiness(
  container: Partial<EngineContainer>,
  { oneShot = false, before }: { oneShot?: boolean; before?: readonly EngineContainer[] } = {},
): string | undefined {
  const options = { now, ...(before === undefined ? {} : { before }) };
  const services = [{ ...service, oneShot }];
  return serviceStates({ services }, [{ ...running, ...container }], options)[0]?.readiness;
}

describe('serviceStates', () => {
  it.each([
    ['ready', {}],
    ['ready', { health: 'healthy' }],
    ['starting', { health: 'starting' }],
    ['unhealthy', { health: 'unhealthy' }],
    ['starting', { state: 'created' }],
    ['stopped', { state: 'paused' }],
    ['stopped', { state: 'exited' }],
    ['stopped', { state: 'exited', exitCode: 143 }],
    ['failed', { state: 'exited', exitCode: 1 }],
    ['failed', { state: 'exited', exitCode: 137, outOfMemory: true }],
    ['starting', { state: 'restarting', restarts: 1 }],
    ['failed', { state: 'restarting', restarts: 3 }],
    ['starting', { restarts: 1, startedAt: now - 100 }],
    ['failed', { restarts: 3, startedAt: now - 100 }],
    ['ready', { restarts: 3 }],
    ['absent', { oneOff: true }],
  ] as const)('is %s: %j', (expected, container) => {
    expect(readiness(container)).toBe(expected);
  });

  it('takes what ended with 0 for completed when it is a one-shot, or was started just now', () => {
    const exited = { state: 'exited' } as const;
    expect(readiness(exited, { oneShot: true })).toBe('completed');
    expect(readiness(exited, { before: [] })).toBe('completed');
    expect(readiness({ ...exited, exitCode: 143 }, { before: [] })).toBe('failed');
    expect(readiness(exited, { before: [running] })).toBe('stopped');
  });

  it('is as bad as its worst replica', () => {
    const replicas = [running, { ...running, id: 'b', health: 'unhealthy' as const }];
    expect(serviceStates({ services: [service] }, replicas)[0]?.readiness).toBe('unhealthy');
  });
});
