import path from 'node:path';
import type { Migration, MigrationSet } from './migration.ts';

/** Orders what names its predecessors, and tells what is wrong with the chain. */
export function orderByPredecessors(
  found: readonly Migration[],
): Pick<MigrationSet, 'migrations' | 'heads' | 'problems'> {
  const problems = duplicates(found);
  const byId = new Map(found.map((migration) => [migration.id, migration]));
  for (const { id, file, after } of byId.values()) {
    const missing = after.filter((parent) => !byId.has(parent));
    if (missing.length > 0)
      problems.push(
        `The chain is broken: ${id} (${path.basename(file)}) follows ${missing.join(', ')}, which no file has.`,
      );
  }
  const followed = new Set([...byId.values()].flatMap(({ after }) => after));
  const heads = [...byId.keys()].filter((id) => !followed.has(id));
  if (heads.length > 1)
    problems.push(
      `There are ${heads.length} heads: ${heads.join(', ')}. Merge them: \`alembic merge ${heads.join(' ')}\`.`,
    );
  const placed = new Set<string>();
  const ordered: Migration[] = [];
  let rest = [...byId.values()].toSorted((one, other) => one.id.localeCompare(other.id));
  while (rest.length > 0) {
    const ready = rest.filter(({ after }) =>
      after.every((parent) => placed.has(parent) || !byId.has(parent)),
    );
    if (ready.length === 0) {
      problems.push(`The chain is a circle: ${rest.map(({ id }) => id).join(', ')} follow each other.`);
      ordered.push(...rest);
      break;
    }
    for (const migration of ready) placed.add(migration.id);
    ordered.push(...ready);
    rest = rest.filter(({ id }) => !placed.has(id));
  }
  return { migrations: ordered, heads, problems };
}

/** Orders what is applied in the order of its names. */
export function orderByNumber(
  found: readonly Migration[],
): Pick<MigrationSet, 'migrations' | 'heads' | 'problems'> {
  const migrations = found
    .toSorted((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }))
    .map((migration, index, all) => {
      const before = all[index - 1];
      return { ...migration, after: before === undefined ? [] : [before.id] };
    });
  const last = migrations.at(-1);
  return { migrations, heads: last === undefined ? [] : [last.id], problems: duplicates(found) };
}

function duplicates(found: readonly Migration[]): string[] {
  const files = new Map<string, string[]>();
  for (const { id, file } of found) files.set(id, [...(files.get(id) ?? []), path.basename(file)]);
  return [...files]
    .filter(([, names]) => names.length > 1)
    .map(([id, names]) => `${names.toSorted().join(' and ')} have the same version, ${id}.`);
}
