import { dirname, join, resolve } from 'node:path';
import { isWithin } from '../visible-files.ts';
import type { VisibleFiles } from '../visible-files.ts';

/** A repository as its files say, for a work tree that holds a folder. */
export interface GitFolder {
  /** Top folder of the work tree. */
  readonly top: string;
  /** What `.git` is, or leads to: HEAD and the index stand here. */
  readonly own: string;
  /** Shared by all work trees: refs, objects and config. The same as `own` in a plain repository. */
  readonly shared: string;
  readonly files: VisibleFiles;
}

const LONGEST_CHAIN = 5;

/** Finds the repository that holds a folder, without asking git. */
export function findGitFolder(folder: string, files: VisibleFiles): GitFolder | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const place = join(at, '.git');
    const kind = files.kind(place);
    if (kind === 'folder') return opened(at, place, files);
    if (kind === 'file') return linked(at, place, files);
    if (at === dirname(at)) return undefined;
  }
}

/** A work tree or submodule: `.git` is a file that names a folder, which must name this work tree back or stand in sight. */
function linked(top: string, place: string, files: VisibleFiles): GitFolder | undefined {
  const target = /^gitdir: (.+)$/m.exec(files.text(place) ?? '')?.[1]?.trim();
  if (target === undefined) return undefined;
  const own = resolve(top, target);
  if (files.kind(own) === 'folder') return opened(top, own, files);
  const wider = files.alsoBelow(own);
  const back = wider.text(join(own, 'gitdir'))?.trim();
  return back !== undefined && resolve(own, back) === place ? opened(top, own, wider) : undefined;
}

function opened(top: string, own: string, files: VisibleFiles): GitFolder | undefined {
  const common = files.text(join(own, 'commondir'))?.trim();
  const shared = common === undefined ? own : resolve(own, common);
  // Git puts the folder of a work tree inside the shared one; `commondir` may not lead to some other repository.
  if (!isWithin(shared, own)) return undefined;
  const wider = files.alsoBelow(shared);
  // A folder that only calls itself a repository is not one: what is elsewhere on the machine stays unread.
  const real =
    wider.kind(join(shared, 'objects')) === 'folder' && wider.kind(join(shared, 'refs')) === 'folder';
  if (!real || !/^(?:ref: refs\/|[0-9a-f]{40})/.test(wider.text(join(own, 'HEAD')) ?? '')) return undefined;
  return { top, own, shared, files: wider };
}

/** Name of the ref that HEAD points to, such as `refs/heads/main`; undefined where HEAD is detached. */
export function headRef(git: GitFolder): string | undefined {
  return /^ref: (refs\/\S+)\s*$/.exec(git.files.text(join(git.own, 'HEAD')) ?? '')?.[1];
}

/** Commit that HEAD stands at; undefined in a repository with no commit yet. */
export function headCommit(git: GitFolder): string | undefined {
  return resolveRef(git, 'HEAD');
}

/** Object name that a full ref name (`refs/tags/v1`, `HEAD`) leads to. */
export function resolveRef(git: GitFolder, name: string, depth = 0): string | undefined {
  if (depth > LONGEST_CHAIN || name.split('/').includes('..')) return undefined;
  const folders = name.startsWith('refs/') ? [git.own, git.shared] : [git.own];
  for (const folder of new Set(folders)) {
    const text = git.files.text(join(folder, name))?.trim();
    const next = /^ref: (refs\/\S+)$/.exec(text ?? '')?.[1];
    if (next !== undefined) return resolveRef(git, next, depth + 1);
    if (text !== undefined && /^[0-9a-f]{40}$/.test(text)) return text;
  }
  return packedRefs(git).get(name)?.object;
}

/** One line of `packed-refs`; `peeled` is the commit that an annotated tag names. */
export interface PackedRef {
  readonly object: string;
  readonly peeled?: string;
}

/** All refs in `packed-refs`. */
export function packedRefs(git: GitFolder): ReadonlyMap<string, PackedRef> {
  const refs = new Map<string, PackedRef>();
  let last: string | undefined;
  for (const entry of (git.files.text(join(git.shared, 'packed-refs')) ?? '').split('\n')) {
    const peeled = /^\^([0-9a-f]{40})$/.exec(entry)?.[1];
    const [, object, name] = /^([0-9a-f]{40}) (\S+)$/.exec(entry) ?? [];
    if (object !== undefined && name !== undefined) refs.set(name, { object });
    else if (peeled !== undefined && last !== undefined) {
      refs.set(last, { object: refs.get(last)?.object ?? peeled, peeled });
    }
    last = name ?? last;
  }
  return refs;
}

/** Every ref below a prefix such as `refs/tags/`, by full name, sorted. */
export function listRefs(git: GitFolder, prefix: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, ref] of packedRefs(git)) if (name.startsWith(prefix)) found.set(name, ref.object);
  const visit = (folder: string, name: string): void => {
    for (const child of git.files.list(join(folder, name)) ?? []) {
      const full = `${name}${child}`;
      if (git.files.kind(join(folder, full)) === 'folder') visit(folder, `${full}/`);
      else {
        const object = resolveRef(git, full);
        if (object !== undefined) found.set(full, object);
      }
    }
  };
  visit(git.shared, prefix);
  return new Map([...found].sort(([left], [right]) => (left < right ? -1 : 1)));
}
