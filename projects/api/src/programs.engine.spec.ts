import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPostgres } from './postgres-rig.ts';
import type { PostgresServer } from './postgres-rig.ts';
import { runScript } from './run-script.ts';
import { createRunFolder, sampleRun } from './sample-runs.ts';

const examples = join(import.meta.dirname, '../examples/runs');
const file = '20260301090000_create_runs.sql';
let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());

it('migrates forward, tells the state, and goes back', async () => {
  await using database = await server.createDatabase();
  const migrate = (command: string) => runScript('migrate.ts', [command], { DATABASE_URL: database.url });
  expect(await migrate('status')).toEqual({ code: 0, stdout: `pending  ${file}\n`, stderr: '' });
  expect(await migrate('up')).toEqual({ code: 0, stdout: `applied ${file}\n`, stderr: '' });
  expect(await migrate('up')).toEqual({ code: 0, stdout: 'nothing to apply\n', stderr: '' });
  expect(await migrate('status')).toMatchObject({ stdout: `applied  ${file}\n` });
  expect(await migrate('down')).toEqual({ code: 0, stdout: `took back ${file}\n`, stderr: '' });
  expect(await migrate('down')).toEqual({ code: 0, stdout: 'nothing to take back\n', stderr: '' });
});

it('imports the runs of a folder, each once, and names a broken record', async () => {
  await using database = await server.createDatabase();
  const environment = { DATABASE_URL: database.url, RUNS_DIR: examples };
  await runScript('migrate.ts', [], environment);
  const imported = { code: 0, stdout: '3 runs added, 0 were there already\n', stderr: '' };
  expect(await runScript('import-runs.ts', [], environment)).toEqual(imported);
  expect(await runScript('import-runs.ts', [], environment)).toMatchObject({
    stdout: '0 runs added, 3 were there already\n',
  });
  await using folder = await createRunFolder([sampleRun(1)]);
  await folder.write('broken.json', '{');
  expect(await runScript('import-runs.ts', [folder.path], environment)).toEqual({
    code: 1,
    stdout: '1 runs added, 0 were there already\n',
    stderr: 'import-runs: broken.json is not JSON; it was left out.\n',
  });
});

it('asks for the migrations before an import', async () => {
  await using database = await server.createDatabase();
  expect(await runScript('import-runs.ts', [examples], { DATABASE_URL: database.url })).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'import-runs: the database of DATABASE_URL cannot be written (42P01): start it, and run `make migrate` first.\n',
  });
});

it('names the reason and no secret when the database does not let it in', async () => {
  const DATABASE_URL = Object.assign(new URL(server.url), { password: 'wrong-password' }).href;
  expect(await runScript('migrate.ts', ['status'], { DATABASE_URL })).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'migrate: the database of DATABASE_URL cannot be migrated (28P01): it must be running and let the user in.\n',
  });
});
