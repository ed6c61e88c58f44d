import { join } from 'node:path';
import process from 'node:process';
import type { Pool } from 'pg';
import { readDatabaseConfiguration } from './configuration.ts';
import { connectDatabase, databaseErrorCode } from './database.ts';
import { listMigrations, migrateDown, migrateUp } from './migrate-database.ts';
import { MigrationError, readMigrations } from './migration.ts';

const folder = join(import.meta.dirname, '../db/migrations');
const [command = 'up', ...rest] = process.argv.slice(2);
const outcome = readDatabaseConfiguration(process.env);

if (!isCommand(command) || rest.length > 0) fail(2, 'usage: migrate [up|down|status].');
else if (outcome.kind === 'invalid') fail(2, ...outcome.problems.map((problem) => `${problem}.`));
else {
  const pool = connectDatabase(outcome.url);
  try {
    await migrate(command, pool);
  } catch (error) {
    fail(
      1,
      error instanceof MigrationError
        ? error.message
        : `the database of DATABASE_URL cannot be migrated (${databaseErrorCode(error)}): it must be running and let the user in.`,
    );
  } finally {
    await pool.end();
  }
}

async function migrate(what: 'up' | 'down' | 'status', pool: Pool): Promise<void> {
  const migrations = await readMigrations(folder);
  switch (what) {
    case 'up': {
      const done = await migrateUp(pool, migrations);
      for (const { file } of done) console.log(`applied ${file}`);
      if (done.length === 0) console.log('nothing to apply');
      return;
    }
    case 'down': {
      const undone = await migrateDown(pool, migrations);
      console.log(undone === undefined ? 'nothing to take back' : `took back ${undone.file}`);
      return;
    }
    case 'status':
      for (const { version, file, applied } of await listMigrations(pool, migrations)) {
        console.log(`${applied ? 'applied' : 'pending'}  ${file ?? `${version} (no file)`}`);
      }
  }
}

function isCommand(word: string): word is 'up' | 'down' | 'status' {
  return word === 'up' || word === 'down' || word === 'status';
}

function fail(code: number, ...lines: string[]): void {
  for (const line of lines) console.error(`migrate: ${line}`);
  process.exitCode = code;
}
