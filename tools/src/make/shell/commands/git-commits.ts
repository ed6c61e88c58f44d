import { join } from 'node:path';
import { GitObjects } from './git-objects.ts';
import type { GitFolder } from './git-folder.ts';

/** A commit, as far as questions ask for it. */
export interface GitCommit {
  readonly name: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: GitStamp;
  readonly committer: GitStamp;
  readonly subject: string;
}

/** Who did something and when. */
export interface GitStamp {
  readonly name: string;
  readonly email: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** Such as `+0200`. */
  readonly zone: string;
}

/** More commits than this are not walked while a Makefile is read. */
const MOST_COMMITS = 5000;

/** The commits of a repository, each read once. */
export class GitCommits {
  readonly objects: GitObjects;
  readonly #shallow: ReadonlySet<string>;
  readonly #read = new Map<string, GitCommit | undefined>();

  constructor(git: GitFolder) {
    this.objects = new GitObjects(git);
    this.#shallow = new Set((git.files.text(join(git.shared, 'shallow')) ?? '').split('\n'));
  }

  /** The commit, or undefined where it cannot be read or too many have been. */
  get(name: string): GitCommit | undefined {
    if (!this.#read.has(name) && this.#read.size < MOST_COMMITS) this.#read.set(name, this.#parse(name));
    return this.#read.get(name);
  }

  /** The commit that a name leads to, through annotated tags; with the time of the outermost tag. */
  peel(name: string): { readonly commit: string; readonly tagged?: number } | undefined {
    const object = this.objects.read(name);
    if (object?.type === 'commit') return { commit: name };
    if (object?.type !== 'tag') return undefined;
    const text = object.data.toString('utf8');
    const target = /^object ([0-9a-f]{40})$/m.exec(text)?.[1];
    const inner = target === undefined ? undefined : this.peel(target);
    const tagged = Number(/^tagger .*> (\d+) [+-]\d{4}$/m.exec(text)?.[1] ?? 0);
    return inner === undefined ? undefined : { commit: inner.commit, tagged };
  }

  /** How many commits can be reached; undefined where not all can be read. */
  count(from: string): number | undefined {
    const seen = new Set([from]);
    for (const name of seen) {
      const commit = this.get(name);
      if (commit === undefined) return undefined;
      for (const parent of commit.parents) seen.add(parent);
    }
    return seen.size;
  }

  /** Every file of a tree with its object's name; undefined where it cannot be read or has too many folders. */
  filesOf(tree: string): ReadonlyMap<string, string> | undefined {
    const files = new Map<string, string>();
    const waiting = [{ tree, prefix: '' }];
    let folders = 0;
    for (const { tree: name, prefix } of waiting) {
      const data = folders++ > MOST_COMMITS ? undefined : this.objects.read(name)?.data;
      if (data === undefined) return undefined;
      for (let at = 0; at < data.length;) {
        const end = data.indexOf(0, at);
        const [mode, ...rest] = data.toString('utf8', at, end).split(' ');
        const object = data.toString('hex', end + 1, end + 21);
        const path = prefix + rest.join(' ');
        if (mode === '40000') waiting.push({ tree: object, prefix: `${path}/` });
        else files.set(path, object);
        at = end + 21;
      }
    }
    return files;
  }

  #parse(name: string): GitCommit | undefined {
    const object = this.objects.read(name);
    if (object?.type !== 'commit') return undefined;
    const text = object.data.toString('utf8');
    const end = text.indexOf('\n\n');
    const header = end < 0 ? text : text.slice(0, end);
    const tree = /^tree ([0-9a-f]{40})$/m.exec(header)?.[1];
    const [author, committer] = [stamp(header, 'author'), stamp(header, 'committer')];
    if (tree === undefined || author === undefined || committer === undefined) return undefined;
    const parents = [...header.matchAll(/^parent ([0-9a-f]{40})$/gm)].map((match) => match[1] ?? '');
    const subject = (
      end < 0
        ? ''
        : (text
            .slice(end + 2)
            .trimStart()
            .split(/\n\s*\n/)[0] ?? '')
    ).trim();
    return {
      name,
      tree,
      parents: this.#shallow.has(name) ? [] : parents,
      author,
      committer,
      subject: subject.replaceAll('\n', ' '),
    };
  }
}

function stamp(header: string, role: string): GitStamp | undefined {
  const [, name, email, time, zone] =
    new RegExp(`^${role} (.*) <(.*)> (\\d+) ([+-]\\d{4})$`, 'm').exec(header) ?? [];
  if (name === undefined || email === undefined || time === undefined || zone === undefined) return undefined;
  return { name, email, time: Number(time), zone };
}
