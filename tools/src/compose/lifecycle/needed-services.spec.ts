import { expect, it } from 'vitest';
import type { ComposeService } from '../environment.ts';
import { isUpToDate } from './is-up-to-date.ts';
import { neededServices } from './needed-services.ts';

const service = (
  name: string,
  dependsOn: readonly string[],
  profiles: readonly string[] = [],
): ComposeService => ({
  name,
  dependsOn,
  profiles,
  ports: [],
  oneShot: false,
  hasHealthcheck: false,
  envFiles: [],
  mounts: [],
  environment: {},
});
const services = [service('app', ['db']), service('db', []), service('debug', ['app'], ['debug'])];

it('needs what a service depends on, and everything when nothing is asked for', () => {
  expect([...neededServices({ services }, ['debug'])]).toEqual(['debug', 'app', 'db']);
  expect([...neededServices({ services }, ['db'])]).toEqual(['db']);
  expect([...neededServices({ services }, [])]).toEqual(['app', 'db', 'debug']);
});

it('counts a service of a profile only when it is asked for', () => {
  const states = (['app', 'db', 'debug'] as const).map((name) => ({
    service: name,
    readiness: name === 'debug' ? ('absent' as const) : ('ready' as const),
    containers: [],
  }));
  const environment = { services, files: [] };
  expect(isUpToDate(environment, [], states, [])).toBe(true);
  expect(isUpToDate(environment, ['debug'], states, [])).toBe(false);
});
