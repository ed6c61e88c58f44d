import path from 'node:path';

/** A project's folder relative to the workspace (`.` for the root) and the name that its manifest gives, if any. */
export interface NameCandidate {
  readonly root: string;
  readonly name?: string;
}

/** Other names mean something to Nx (`*`, `!x`), to a shell, or to JavaScript, or cannot be typed. */
const plainName = /^(?!__proto__$)[@\w][\w.@:/+ -]{0,99}$/;

/**
 * A name for each project: its manifest's, or its folder's, or, where that one is taken, its path with dashes. `foreign` names are
 * taken from the start.
 * The root without a manifest is `root`: the name of a checkout's folder differs from clone to clone, and hashes with it.
 */
export function nameProjects(
  candidates: readonly NameCandidate[],
  foreign: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>(foreign);
  const sound = candidates.map(({ root, name }) =>
    name !== undefined && plainName.test(name) ? { root, name } : { root },
  );
  const nearestFirst: NameCandidate[] = sound.toSorted(
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
