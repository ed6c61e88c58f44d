import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { readRegularFile } from '../../file/index.ts';
import type { Migration, MigrationSet } from './migration.ts';
import { orderByPredecessors } from './order-migrations.ts';

const pyproject = z.object({ tool: z.object({ alembic: z.object({ script_location: z.string() }) }) });

/** The folder of Alembic's revisions of a project, by its alembic.ini or pyproject.toml; undefined when there is neither. */
export function findAlembicVersions(folder: string): string | undefined {
  for (const place of ['.', 'src', 'app', 'db', 'migrations', 'alembic', 'backend']) {
    const ini = path.join(folder, place, 'alembic.ini');
    const text = readRegularFile(ini);
    if (text !== undefined) return locate(scriptLocation(text), path.dirname(ini), folder);
  }
  const declared = pyproject.safeParse(readToml(path.join(folder, 'pyproject.toml')));
  return declared.success ? locate(declared.data.tool.alembic.script_location, folder, folder) : undefined;
}

/** Reads Alembic's revisions without running Python: the three assignments that its template writes into each file. */
export function readAlembic(folder: string): MigrationSet {
  const found: Migration[] = [];
  const problems: string[] = [];
  for (const name of readdirSync(folder).toSorted()) {
    if (!name.endsWith('.py') || name === '__init__.py') continue;
    const file = path.join(folder, name);
    const text = readRegularFile(file);
    if (text === undefined) continue;
    const id = strings(assigned(text, 'revision') ?? '')[0];
    const before = assigned(text, 'down_revision');
    if (id === undefined) continue;
    if (before === undefined)
      problems.push(`${name} does not say in plain text which revision it follows (down_revision).`);
    found.push({ id, title: titleOf(text), file, after: strings(before ?? '') });
  }
  const ordered = orderByPredecessors(found);
  return { tool: 'alembic', folder, ...ordered, problems: [...problems, ...ordered.problems] };
}

/** Undefined where there is none, or none that can be read: whoever needs it says so better. */
function readToml(file: string): unknown {
  try {
    return parse(readRegularFile(file) ?? '');
  } catch {
    return undefined;
  }
}

function scriptLocation(ini: string): string {
  const section = /^\[alembic\]\s*$([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(ini)?.[1] ?? ini;
  return /^script_location\s*[=:]\s*(.+?)\s*$/m.exec(section)?.[1] ?? 'alembic';
}

/** Relative locations are those of where Alembic is run: mostly the project's folder, else beside the file. */
function locate(location: string, here: string, folder: string): string | undefined {
  const plain = location
    .replaceAll(/%\(here\)s/g, here)
    .replace(/^([\w.]+):/, (_, module: string) => module.replaceAll('.', '/').concat('/'));
  const candidates = [folder, here].map((base) => path.resolve(base, plain, 'versions'));
  return candidates.find((candidate) => existsSync(candidate));
}

/** The right side of an assignment at the beginning of a line, with or without a type: a literal, or nothing. */
function assigned(text: string, name: string): string | undefined {
  const literal = String.raw`None|"[^"\n]*"|'[^'\n]*'|\([^)]*\)|\[[^\]]*\]`;
  return new RegExp(String.raw`^${name}[ \t]*(?::[^=\n]+)?=[ \t]*(${literal})`, 'm').exec(text)?.[1];
}

function strings(literal: string): readonly string[] {
  return [...literal.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, one, other]) => one ?? other ?? '');
}

function titleOf(text: string): string {
  return (
    /^\s*(?:r|u)?("""|''')\s*([^\n]*)/
      .exec(text)?.[2]
      ?.replace(/("""|''')\s*$/, '')
      .trim() ?? ''
  );
}
