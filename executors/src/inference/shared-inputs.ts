import path from 'node:path';
import { ancestors } from './ancestors.ts';
import type { ProjectRecord } from './project-record.ts';

/**
 * Input patterns for what lies in the workspace, outside a project, and decides what its targets do: the makefiles that
 * it includes, and places that its rules name (`../.yamllint`) and that are no other project's. What is another
 * project's comes in as a dependency. A folder around the project is left out: its targets would depend on everything.
 */
export function sharedInputs(
  workspaceRoot: string,
  root: string,
  { makefiles, references }: Pick<ProjectRecord, 'makefiles' | 'references'>,
  roots: readonly string[],
): readonly string[] {
  if (root === '.') return [];
  const isOutside = (place: string): boolean =>
    !place.startsWith('..') && place !== root && !place.startsWith(`${root}/`);
  const relative = (absolute: string): string => path.relative(workspaceRoot, absolute);
  const included = new Set(makefiles.map(relative).filter(isOutside));
  const around = new Set(ancestors(root));
  const isOwned = (place: string): boolean =>
    roots.some((other) => !around.has(other) && `${place}/`.startsWith(`${other}/`));
  const places = references
    .map((reference) => relative(reference.path))
    .filter((place) => place !== '' && isOutside(place) && !around.has(place))
    .filter((place) => !included.has(place) && !isOwned(place));
  // Whether a place is a file or a folder is not known: it may not be there yet.
  return [...included, ...places.flatMap((place) => [place, `${place}/**/*`])].map(
    (pattern) => `{workspaceRoot}/${pattern}`,
  );
}
