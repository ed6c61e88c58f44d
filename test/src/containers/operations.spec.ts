import { expect, test } from 'vitest';
import { z } from 'zod';

import { createContainerRig } from './container-rig.ts';
import { documentIn } from './document-in.ts';
import { databaseShop, shop } from './shop.ts';

const health = z.object({
  healthy: z.boolean(),
  checks: z.array(z.object({ subject: z.string(), result: z.string(), found: z.string() })),
});
const status = z.object({
  containers: z.array(z.object({ service: z.string(), state: z.string(), health: z.string() })),
  down: z.array(z.object({ project: z.string(), environment: z.string() })),
});
const plan = z.object({ remove: z.array(z.object({ kind: z.string(), name: z.string() })) });
const setup = z.object({ kind: z.string(), did: z.array(z.string()) });

test('health, status, logs and cleanup tell of the whole platform', async () => {
  await using rig = await createContainerRig(shop);
  await rig.nx('compose:up', 'api', '--detach');
  const well = await rig.nx('health', '--json');
  expect(well.exitCode, well.output).toBe(0);
  const report = documentIn(well.stdout, health);
  expect(report.healthy).toBe(true);
  expect(report.checks).toContainEqual(expect.objectContaining({ subject: 'cache', result: 'ok' }));

  const shown = documentIn((await rig.nx('status', '--json')).stdout, status);
  expect(shown.containers.map(({ service, state }) => `${service} ${state}`).toSorted()).toEqual([
    'app running',
    'cache running',
  ]);
  expect(shown.down).toEqual([{ project: 'api', environment: 'test' }]);
  const logs = await rig.nx('logs', '--service=cache');
  expect(logs.exitCode).toBe(0);
  expect(logs.stdout).toContain('Ready to accept connections');

  await rig.run('docker', 'stop', '--time=0', `${rig.prefix}-api-dev-cache-1`);
  const ill = await rig.nx('health', '--json');
  expect(ill.exitCode).toBe(1);
  expect(documentIn(ill.stdout, health).healthy).toBe(false);
  const dry = await rig.nx('cleanup', '--all', '--dry-run', '--json');
  expect(dry.exitCode).toBe(0);
  expect(documentIn(dry.stdout, plan).remove.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
    expect.arrayContaining(['app-1', 'cache-1'].map((name) => `container ${rig.prefix}-api-dev-${name}`)),
  );
  expect(rig.left()).toHaveLength(3);

  const clean = await rig.nx('cleanup', '--all');
  expect(clean.exitCode, clean.output).toBe(0);
  expect(rig.left()).toEqual([]);
});

test('setup brings everything about, and finds nothing to do the second time', async () => {
  await using rig = await createContainerRig(databaseShop);
  const first = await rig.nx('setup', '--json');
  expect(first.exitCode, first.output).toBe(0);
  const done = documentIn(first.stdout, setup);
  expect(done.kind).toBe('complete');
  expect(done.did.join('\n')).toMatch(/env\/\.env/);
  expect(await rig.read('api/env/.env')).toBe('POSTGRES_PASSWORD=example\n');
  const up = rig.left();
  expect(up).toHaveLength(3);

  const second = await rig.nx('setup', '--json');
  expect(second.exitCode).toBe(0);
  expect(documentIn(second.stdout, setup)).toEqual({ kind: 'complete', did: [] });
  expect(rig.left()).toEqual(up);
  const sql = await rig.nx('shell', 'api', '--service=db', '--command=select current_user');
  expect(sql.exitCode, sql.output).toBe(0);
  expect(sql.stdout).toContain('shop');
  const missing = await rig.nx('shell', 'api', '--service=db', '--command=select nothing');
  expect(missing.exitCode).toBe(1);
  expect(missing.output).toContain('column "nothing" does not exist');
});
