import { describe, expect, it } from 'vitest';
import type { NamedEnvironment, PublishedPort } from '../environment.ts';
import { nameEnvironment } from './name-environment.ts';
import { sharedResources } from './shared-resources.ts';

/** An environment whose only service has these ports: `8080`, `8000-8010`, `127.0.0.1:80`, `53/udp`. */
function environment(name: string, ports: readonly string[], containerName?: string): NamedEnvironment {
  const service = {
    name: 'app',
    image: 'app',
    ports: ports.map(port),
    dependsOn: [],
    oneShot: false,
    hasHealthcheck: false,
    envFiles: [],
    mounts: [],
    profiles: [],
    environment: {},
    ...(containerName === undefined ? {} : { containerName }),
  };
  const none = { files: [], externalNetworks: [], volumes: [], problems: [] };
  return nameEnvironment({ name, folder: '/shop', services: [service], ...none }, 'shop');
}

function port(text: string): PublishedPort {
  const [, address = '0.0.0.0', first = '', last = first, protocol] =
    /^(?:([\d.]+):)?(\d+)(?:-(\d+))?(\/udp)?$/.exec(text) ?? [];
  const host = { first: Number(first), last: Number(last) };
  return { host, address, container: 80, protocol: protocol === undefined ? 'tcp' : 'udp' };
}

const locks = (...environments: readonly NamedEnvironment[]) =>
  Object.fromEntries(sharedResources(environments));

describe('sharedResources', () => {
  it('names ports that two environments publish', () => {
    expect(
      locks(environment('dev', ['80', '5432']), environment('test', ['5432']), environment('ci', ['81'])),
    ).toEqual({ 'shop-dev': ['port:5432'], 'shop-test': ['port:5432'] });
  });

  it('names the first common port of ranges', () => {
    expect(locks(environment('dev', ['8000-8010']), environment('test', ['8005-8020', '9000']))).toEqual({
      'shop-dev': ['port:8005'],
      'shop-test': ['port:8005'],
    });
  });

  it.each([
    ['other addresses', '127.0.0.1:80', '127.0.0.2:80', {}],
    ['another protocol', '53', '53/udp', {}],
    ['the same for udp', '53/udp', '53/udp', { 'shop-a': ['port:53/udp'], 'shop-b': ['port:53/udp'] }],
    ['all addresses', '80', '127.0.0.1:80', { 'shop-a': ['port:80'], 'shop-b': ['port:80'] }],
  ])('knows %s', (_name, one, other, expected) => {
    expect(locks(environment('a', [one]), environment('b', [other]))).toEqual(expected);
  });

  it('names fixed containers, and leaves one environment alone with itself', () => {
    const dev = environment('dev', ['80', '80'], 'the-app');
    expect(locks(dev)).toEqual({});
    expect(locks(dev, environment('test', [], 'the-app'))).toEqual({
      'shop-dev': ['container:the-app'],
      'shop-test': ['container:the-app'],
    });
  });
});
