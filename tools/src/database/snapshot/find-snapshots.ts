import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseFailure } from '../server/index.ts';
import { fromFolderName, readSnapshots, snapshotsFolder } from './snapshot-folder.ts';
import type { StoredSnapshot } from './snapshot.ts';

/** Which snapshots are meant; all without it. */
export interface SnapshotFilter {
  readonly project?: string | undefined;
  readonly environment?: string | undefined;
  readonly service?: string | undefined;
  readonly name?: string | undefined;
}

/** A snapshot and where it belongs: by its folder, so that a broken one belongs somewhere too. */
export type PlacedSnapshot = StoredSnapshot & {
  readonly project: string;
  readonly environment: string;
  readonly service: string;
};

/** The snapshots of a workspace, as they are on the disk: also of environments that are down or that are no more. */
export function findSnapshots(workspaceRoot: string, filter: SnapshotFilter = {}): readonly PlacedSnapshot[] {
  const root = join(workspaceRoot, snapshotsFolder);
  const found: PlacedSnapshot[] = [];
  for (const project of folders(root)) {
    for (const environment of folders(join(root, project))) {
      for (const service of folders(join(root, project, environment))) {
        const place = {
          project: fromFolderName(project),
          environment: fromFolderName(environment),
          service: fromFolderName(service),
        };
        if (!fits(place, filter)) continue;
        const stored = readSnapshots(join(root, project, environment, service));
        found.push(...stored.map((snapshot) => ({ ...snapshot, ...place })));
      }
    }
  }
  return found.filter(({ name }) => filter.name === undefined || name === filter.name);
}

/** The one snapshot that is meant. Throws a DatabaseFailure when there is none, or when there are several. */
export function findSnapshot(
  task: string,
  workspaceRoot: string,
  filter: SnapshotFilter & { readonly name: string },
): PlacedSnapshot {
  const { name, ...place } = filter;
  const [first, ...others] = findSnapshots(workspaceRoot, filter);
  if (first === undefined) {
    const names = [...new Set(findSnapshots(workspaceRoot, place).map((one) => one.name))];
    const where =
      [filter.project, filter.environment, filter.service].filter(Boolean).join(' ') || 'this workspace';
    throw new DatabaseFailure(
      `${task}: ${where} has no snapshot ${name}. ${names.length === 0 ? 'There is none; make one with `--action=create`.' : `There is: ${names.join(', ')}.`}`,
    );
  }
  if (others.length === 0) return first;
  const places = [first, ...others].map((one) => `${one.project} ${one.environment} ${one.service}`);
  throw new DatabaseFailure(
    `${task}: there are several snapshots ${name}: ${places.join('; ')}.\nSay which one: --projects, --environment, --service.`,
  );
}

function fits(place: Required<Omit<SnapshotFilter, 'name'>>, filter: SnapshotFilter): boolean {
  return (
    (filter.project ?? place.project) === place.project &&
    (filter.environment ?? place.environment) === place.environment &&
    (filter.service ?? place.service) === place.service
  );
}

function folders(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
