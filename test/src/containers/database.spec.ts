import { expect, test } from 'vitest';

import { createContainerRig } from './container-rig.ts';
import { databaseShop } from './shop.ts';

test('a snapshot brings data back, and migrations are told apart', async () => {
  await using rig = await createContainerRig((place) => ({
    ...databaseShop(place),
    'api/env/.env': 'POSTGRES_PASSWORD=example\n',
  }));
  const sql = async (statement: string): Promise<string> => {
    const { exitCode, output, stdout } = await rig.nx(
      'shell',
      'api',
      '--service=db',
      `--command=${statement}`,
    );
    expect(exitCode, output).toBe(0);
    return stdout;
  };
  const up = await rig.nx('compose:up', 'api', '--detach');
  expect(up.exitCode, up.output).toBe(0);
  await sql(
    `create table orders (name text); insert into orders values ('first'); create table schema_migrations (version text); insert into schema_migrations values ('20260101000000')`,
  );
  const create = await rig.nx('db:snapshot', 'api', 'create', 'before');
  expect(create.exitCode, create.output).toBe(0);
  await sql('drop table orders');
  const refused = await rig.nx('db:snapshot', 'api', 'restore', 'before');
  expect(refused.exitCode, 'nobody was there to say yes').toBe(1);
  expect(refused.output).toContain('--yes');

  const restore = await rig.nx('db:snapshot', 'api', 'restore', 'before', '--yes');
  expect(restore.exitCode, restore.output).toBe(0);
  expect(await sql('select name from orders')).toContain('first');
  const list = await rig.nx('db:snapshot', '--json');
  expect(list.exitCode).toBe(0);
  expect(list.stdout).toContain('"before"');

  const pending = await rig.nx('db:migrations', 'api', '--action=pending');
  expect(pending.exitCode, pending.output).toBe(0);
  expect(pending.stdout).toContain('prices');
  const check = await rig.nx('db:migrations', 'api', '--check');
  expect(check.exitCode).toBe(1);
  expect((await rig.nx('compose:down', 'api')).exitCode).toBe(0);
  expect(rig.left()).toEqual([]);
});
