import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One change of the database and the way back, from a file in the format of dbmate. */
export interface Migration {
  /** The digits that the file's name begins with; migrations are applied in their order. */
  readonly version: string;
  readonly file: string;
  readonly up: string;
  readonly down: string;
}

/** A migration cannot be read or applied; the message names it and the next step. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** Reads all migrations of a folder, oldest first. */
export const readMigrations = async (folder: string): Promise<Migration[]> => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(
    files.map(async (file) => parseMigration(file, await readFile(join(folder, file), 'utf8'))),
  );
  for (const [index, { version, file }] of migrations.entries()) {
    const next = migrations[index + 1];
    if (next?.version === version) {
      throw new MigrationError(
        `${file} and ${next.file} have the same version: give one of them a later one.`,
      );
    }
  }
  return migrations;
};

/** Reads one migration: the SQL below `-- migrate:up`, and below `-- migrate:down` the way back. */
export const parseMigration = (file: string, text: string): Migration => {
  const version = /^(\d+)_\w+\.sql$/.exec(file)?.[1];
  if (version === undefined) {
    throw new MigrationError(
      `${file} is no name of a migration: it must look like 20260301090000_create_runs.sql.`,
    );
  }
  const sections = text.split(/^-- migrate:(up|down)(.*)$/m);
  const [before, upWord, upOptions, up, downWord, downOptions, down, ...more] = sections;
  const isWhole = upWord === 'up' && downWord === 'down' && more.length === 0;
  if (!isWhole || before?.trim() !== '' || up === undefined || down === undefined) {
    throw new MigrationError(
      `${file} must hold "-- migrate:up" with the change, then "-- migrate:down" with the way back, once each.`,
    );
  }
  if (`${upOptions ?? ''}${downOptions ?? ''}`.trim() !== '') {
    throw new MigrationError(
      `${file} has options after "-- migrate:": remove them, every migration runs in a transaction.`,
    );
  }
  return { version, file, up: up.trim(), down: down.trim() };
};
