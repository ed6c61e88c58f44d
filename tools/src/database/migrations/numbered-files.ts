import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readRegularFile } from '../../file/index.ts';
import type { Migration, MigrationSet, MigrationTool } from './migration.ts';
import { orderByNumber } from './order-migrations.ts';

const scripts = new Set(['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts']);

/** `V1.2__name.sql`. */
const flywayName = /^V(\d+(?:[._]\d+)*)__(.*)\.sql$/;

/** `001_name.sql`, `001-name.up.sql`. */
const plainName = /^V?(\d+)[_.-](.*?)(?:[._-]up)?\.sql$/;

/** Reads a folder of migrations that are ordered by the number in their names; undefined when it holds none. */
export function readNumberedFiles(folder: string): MigrationSet | undefined {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  const tool = toolOf(folder, names);
  const found = names.flatMap((name) => toMigration(folder, name, tool));
  return found.length === 0 ? undefined : { tool, folder, ...orderByNumber(found) };
}

function toolOf(folder: string, names: readonly string[]): MigrationTool {
  const sql = names.filter((name) => name.endsWith('.sql') && /^\d/.test(name));
  const says = (mark: RegExp): boolean =>
    sql.some((name) => mark.test(readRegularFile(path.join(folder, name)) ?? ''));
  if (says(/^--\s*migrate:up/m)) return 'dbmate';
  const isScript = (name: string): boolean => /^\d{13,}[_-]/.test(name) && scripts.has(path.extname(name));
  return names.some(isScript) || says(/^--+\s*up migration/im) ? 'node-pg-migrate' : 'sql';
}

function toMigration(folder: string, name: string, tool: MigrationTool): readonly Migration[] {
  const file = path.join(folder, name);
  const extension = path.extname(name);
  if (tool === 'node-pg-migrate') {
    const [, number, title] = /^(\d{13,})[_-](.*)\.[a-z]+$/.exec(name) ?? [];
    if (number === undefined || name.endsWith('.d.ts')) return [];
    if (extension !== '.sql' && !scripts.has(extension)) return [];
    return [{ id: name.slice(0, -extension.length), title: words(title ?? ''), file, after: [] }];
  }
  if (extension !== '.sql' || /[._-]down\.sql$/.test(name) || /^U\d/.test(name)) return [];
  const [, version, title] = flywayName.exec(name) ?? plainName.exec(name) ?? [];
  if (version === undefined) return [];
  return [{ id: version, title: words(title ?? ''), file, after: [] }];
}

function words(title: string): string {
  return title.replaceAll(/[_-]+/g, ' ').trim();
}
