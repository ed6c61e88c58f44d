import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseFailure } from '../server/index.ts';
import { findAlembicVersions, readAlembic } from './alembic.ts';
import type { MigrationSet } from './migration.ts';
import { readNumberedFiles } from './numbered-files.ts';

const usual = [
  ...[
    'db/migrations',
    'migrations',
    'database/migrations',
    'sql/migrations',
    'src/migrations',
    'migrations/sql',
  ],
  ...['src/db/migrations', 'src/main/resources/db/migration', 'sql'],
];

/**
 * The migrations of a project; undefined when it has none. `given` is where they are, relative to the project, where it
 * is none of the usual places. Throws a DatabaseFailure when nothing is there.
 */
export function findMigrations(folder: string, given?: string): MigrationSet | undefined {
  if (given !== undefined) return readGiven(folder, given);
  const versions = findAlembicVersions(folder);
  if (versions !== undefined) return readAlembic(versions);
  for (const place of usual) {
    const candidate = path.join(folder, place);
    if (!isFolder(candidate)) continue;
    const found = readNumberedFiles(candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readGiven(folder: string, given: string): MigrationSet {
  const place = path.resolve(folder, given);
  if (!isFolder(place)) throw new DatabaseFailure(`There is no folder ${given} of migrations in ${folder}.`);
  const versions = path.join(place, 'versions');
  if (existsSync(path.join(place, 'env.py')) && isFolder(versions)) return readAlembic(versions);
  const alembic = readAlembic(place);
  const found = alembic.migrations.length > 0 ? alembic : readNumberedFiles(place);
  if (found !== undefined) return found;
  throw new DatabaseFailure(
    `${given} holds no migrations that are known: Alembic revisions, dbmate, node-pg-migrate, or numbered SQL files (001_name.sql, V1__name.sql).`,
  );
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}
