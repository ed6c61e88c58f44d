import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseMigration, readMigrations } from './migration.ts';

const text = '-- migrate:up\ncreate table one (n int);\n\n-- migrate:down\ndrop table one;\n';

const createFolder = async (files: Readonly<Record<string, string>>) => {
  const path = await mkdtemp(join(tmpdir(), 'api-migrations-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
};

it('reads the change and the way back', () => {
  expect(parseMigration('1_one.sql', text)).toEqual({
    version: '1',
    file: '1_one.sql',
    up: 'create table one (n int);',
    down: 'drop table one;',
  });
});

it.each([
  ['one.sql', text, 'one.sql is no name of a migration: it must look like 20260301090000_create_runs.sql.'],
  ['1_one.sql', '', '1_one.sql must hold "-- migrate:up"'],
  ['1_one.sql', '-- migrate:up\nselect 1', '1_one.sql must hold "-- migrate:up"'],
  ['1_one.sql', `select 1;\n${text}`, '1_one.sql must hold "-- migrate:up"'],
  ['1_one.sql', `${text}-- migrate:up\n`, '1_one.sql must hold "-- migrate:up"'],
  [
    '1_one.sql',
    text.replace('up\n', 'up transaction:false\n'),
    '1_one.sql has options after "-- migrate:": remove them, every migration runs in a transaction.',
  ],
])('refuses %s with %j', (file, content, message) => {
  expect(() => parseMigration(file, content)).toThrow(message);
});

it('reads a folder in the order of the versions', async () => {
  await using folder = await createFolder({ '20_b.sql': text, '10_a.sql': text, 'notes.txt': '' });
  expect((await readMigrations(folder.path)).map(({ version }) => version)).toEqual(['10', '20']);
});

it('refuses two migrations of one version', async () => {
  await using folder = await createFolder({ '10_a.sql': text, '10_b.sql': text });
  await expect(readMigrations(folder.path)).rejects.toThrow(
    '10_a.sql and 10_b.sql have the same version: give one of them a later one.',
  );
});

it('reads those of the api', async () => {
  const migrations = await readMigrations(join(import.meta.dirname, '../db/migrations'));
  expect(migrations[0]?.file).toBe('20260301090000_create_runs.sql');
});
