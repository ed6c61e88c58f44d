import path from 'node:path';

/** A project's folder relative to the workspace (`.` for the root) and the name that its manifest gives, if any. */
export interface NameCandidate {
  readonly root: string;
  readonly name?: string;
}

/**
 * A name for each project: its manifest's, or its folder's, or, where that one is taken, its path with dashes.
 * The root without a manifest is `root`: the name of a checkout's folder differs from clone to clone, and hashes with it.
 */
export function nameProjects(candidates: readonly NameCandidate[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const nearestFirst = candidates.toSorted(
    (a, b) =>
      Number(a.name === undefined) - Number(b.name === undefined) ||
      a.root.split('/').length - b.root.split('/').length ||
      (a.root < b.root ? -1 : 1),
  );
  for (const { root, name } of nearestFirst) {
    const wanted = name ?? (root === '.' ? 'root' : path.posix.basename(root));
    let free = taken.has(wanted) ? root.replaceAll('/', '-') : wanted;
    while (taken.has(free)) free = `${free}-make`;
    taken.add(free);
    names.set(root, free);
  }
  return names;
}
