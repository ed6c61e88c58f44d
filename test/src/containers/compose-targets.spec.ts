import { expect, test } from 'vitest';
import { z } from 'zod';

import { createContainerRig } from './container-rig.ts';
import { documentIn } from './document-in.ts';
import { shop } from './shop.ts';

const services = z.object({
  project: z.literal('api'),
  environment: z.string(),
  composeProject: z.string(),
  services: z.array(
    z.object({ service: z.string(), state: z.string(), health: z.string(), addresses: z.array(z.string()) }),
  ),
});

test('an environment is brought up, shown and taken down', async () => {
  await using rig = await createContainerRig(shop);
  const project = await rig.nx('show', 'project', 'api', '--json');
  expect(JSON.parse(project.stdout)).toMatchObject({
    metadata: { compose: { environments: { dev: {}, test: { composeProject: `${rig.prefix}-api-test` } } } },
    targets: {
      'compose:up': { continuous: true, defaultConfiguration: 'dev' },
      'compose:down': {},
      shell: {},
    },
  });

  const up = await rig.nx('compose:up', 'api', '--detach');
  expect(up.exitCode).toBe(0);
  expect(up.stdout).toMatch(/^SERVICE\s+STATE\s+HEALTH\s+ADDRESS$/m);
  expect(up.stdout).toMatch(
    new RegExp(String.raw`^cache\s+ready\s+healthy\s+localhost:${rig.port} -> 6379$`, 'm'),
  );
  const ps = await rig.nx('compose:ps', 'api', '--json');
  expect(documentIn(ps.stdout, services)).toEqual({
    project: 'api',
    environment: 'dev',
    composeProject: `${rig.prefix}-api-dev`,
    services: [
      { service: 'app', state: 'ready', health: 'none', addresses: [] },
      { service: 'cache', state: 'ready', health: 'healthy', addresses: [`localhost:${rig.port} -> 6379`] },
    ],
  });

  const test = await rig.nx('compose:up', 'api', '--detach', '-c', 'test');
  expect(test.output).toContain(`${rig.prefix}-api-test is ready: app`);
  expect((await rig.nx('compose:down', 'api')).exitCode).toBe(0);
  expect(rig.left()).toEqual([
    `${rig.prefix}-api-test ${rig.prefix}-api-test-app-1`,
    `${rig.prefix}-api-test ${rig.prefix}-api-test_default`,
  ]);
  expect((await rig.nx('compose:down', 'api', '-c', 'test')).exitCode).toBe(0);
  expect(rig.left()).toEqual([]);
});

test('an environment in the foreground is gone after Ctrl-C', async () => {
  await using rig = await createContainerRig(shop);
  await using up = await rig.startNx('compose:up', 'api');
  await up.prints('is ready: app, cache');
  expect(rig.left()).toHaveLength(3);
  up.signalGroup('SIGINT');
  const { exitCode } = await up.ended;
  expect(exitCode).not.toBe(0);
  expect(rig.left()).toEqual([]);
});

test('what is wanted of an environment that is not there, or only tried, changes nothing', async () => {
  await using rig = await createContainerRig(shop);
  const unknown = await rig.nx('compose:up', 'api', '-c', 'staging');
  expect(unknown.exitCode).not.toBe(0);
  expect(unknown.output).toContain('api:compose:up: api has no environment staging. It has: dev, test.');
  expect(unknown.output).toContain('Choose one with `-c NAME`.');

  const service = await rig.nx('compose:up', 'api', 'cach', '--detach');
  expect(service.exitCode).not.toBe(0);
  expect(service.output).toContain('Did you mean cache?');

  const dry = await rig.nx('compose:up', 'api', '--dryRun');
  expect(dry.exitCode).toBe(0);
  expect(dry.stdout).toContain(
    `docker compose -p ${rig.prefix}-api-dev -f ${rig.folder}/api/compose/dev.yml up -d`,
  );
  expect(rig.left()).toEqual([]);
});
