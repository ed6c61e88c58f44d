import { describe, expect, it } from 'vitest';
import type { ComposeService } from '../environment.ts';
import { createEnvironment, createService } from './environment.fixture.ts';
import { chooseService, serviceKind } from './index.ts';

const build = { context: '/nowhere', dockerfile: 'Dockerfile' };
const postgres = createService('store', { image: 'docker.io/library/postgres:15-alpine' });
const redis = createService('redis', { image: 'redis:7' });
const built = (name: string) => createService(name, { build });

/** The name of the chosen service, or the message. */
function choose(services: readonly ComposeService[], wanted?: string) {
  const chosen = chooseService(createEnvironment(services), 'api:check', wanted);
  return chosen.kind === 'chosen' ? chosen.service.name : chosen.message;
}

describe('chooseService without a name', () => {
  it.each([
    ['the one named like the project', [built('worker'), built('api'), built('app')], 'api'],
    ['app', [built('worker'), redis, built('app')], 'app'],
    ['the only one that is built here', [postgres, createService('mail', { image: 'x/y' }), built('w')], 'w'],
    ['the first application', [postgres, redis, createService('site', { image: 'acme/site:2' })], 'site'],
    ['no one-shot where there is another', [{ ...built('migrate'), oneShot: true }, built('web')], 'web'],
  ])('takes %s', (_name, services, expected) => {
    expect(choose(services)).toBe(expected);
  });

  it('names the services where none is the application', () => {
    expect(choose([postgres, redis])).toBe(
      'api:check: none of the services of api-dev is clearly the application. It has: store, redis.\n' +
        'Name one with `--service=NAME`, or `service` in the options.',
    );
  });
});

describe('chooseService by name', () => {
  const services = [built('app'), postgres, redis, built('web')];
  it.each([
    ['web', 'web'],
    ['api-web', 'web'],
    ['api-dev-web', 'web'],
    ['db', 'store'],
    ['database', 'store'],
    ['api-db', 'store'],
    ['pg', 'store'],
    ['cache', 'redis'],
  ])('%s is %s', (wanted, expected) => {
    expect(choose(services, wanted)).toBe(expected);
  });

  it('takes no alias that fits two', () => {
    expect(choose([postgres, { ...postgres, name: 'other' }], 'db')).toBe(
      'api:check: api-dev has no service db.\nIt has: store, other.',
    );
  });

  it('names those that are close', () => {
    expect(choose(services, 'webb')).toBe(
      'api:check: api-dev has no service webb. Did you mean web?\nIt has: app, store, redis, web.',
    );
  });
});

it.each([
  ['postgres:15', 'postgres'],
  ['localhost:5000/team/postgis', 'postgres'],
  ['timescale/timescaledb-ha:pg16@sha256:00', 'postgres'],
  ['valkey/valkey:8', 'redis'],
  ['bitnami/mariadb', 'mysql'],
  ['mongo', 'mongo'],
  ['traefik:v3', 'infrastructure'],
  ['postgres.example.org/acme/site', 'application'],
])('serviceKind: %s is %s', (image, kind) => {
  expect(serviceKind({ image })).toBe(kind);
});
