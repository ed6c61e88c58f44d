import { failure, line, unknown } from '../own-command.ts';
import { GitCommits } from './git-commits.ts';
import { headCommit, listRefs } from './git-folder.ts';
import { readGitIndex, workTreeDiffers } from './git-index.ts';
import type { OwnCommandResult } from '../own-command.ts';
import type { GitFolder } from './git-folder.ts';
import type { GitIndex } from './git-index.ts';

interface DescribeOptions {
  tags: boolean;
  always: boolean;
  exact: boolean;
  long: boolean;
  firstParent: boolean;
  abbrev: number | undefined;
  /** What to add where the work tree differs; undefined where that is not asked. */
  dirty: string | undefined;
  match: RegExp[];
  exclude: RegExp[];
}

interface Tag {
  readonly name: string;
  readonly annotated: boolean;
  readonly time: number;
}

interface Candidate {
  readonly tag: Tag;
  depth: number;
}

/** Git looks at ten tags before it decides. */
const MOST_CANDIDATES = 10;

/** `git describe` of HEAD. */
export function describe(args: readonly string[], git: GitFolder): OwnCommandResult {
  const options = describeOptions(args);
  if (options === undefined) return unknown;
  const head = headCommit(git);
  if (head === undefined) return failure(128, 'fatal: Not a valid object name HEAD');
  const commits = new GitCommits(git);
  const tags = tagsByCommit(git, commits, options);
  const found = tags && nearest(head, tags, commits, options);
  if (found === undefined) return unknown;
  const dirty = options.dirty === undefined ? false : isDirty(git, commits, head);
  if (dirty === undefined) return unknown;
  const mark = dirty ? (options.dirty ?? '') : '';
  const short = commits.objects.abbreviation(head, options.abbrev === 0 ? undefined : options.abbrev);
  if (found === 'none') {
    if (options.always && !options.exact) return line((options.abbrev === 0 ? head : short) + mark);
    if (options.exact) return failure(128, `fatal: no tag exactly matches '${head}'`);
    return failure(128, 'fatal: No names found, cannot describe anything.');
  }
  const { tag, depth } = found;
  const plain = options.abbrev === 0 || (depth === 0 && !options.long);
  return line(`${tag.name}${plain ? '' : `-${depth}-g${short}`}${mark}`);
}

/** Whether tracked files differ from HEAD, staged or not. */
export function isDirty(git: GitFolder, commits: GitCommits, head: string): boolean | undefined {
  const index = readGitIndex(git);
  const tree = commits.get(head)?.tree;
  if (index === undefined || tree === undefined) return undefined;
  const staged = index.tree === undefined ? stagedDiffers(commits, index, tree) : index.tree !== tree;
  return staged === false ? workTreeDiffers(git, index) : staged;
}

/** Compares the index with a tree file by file, where git has not written down the index's own tree. */
function stagedDiffers(commits: GitCommits, index: GitIndex, tree: string): boolean | undefined {
  const files = commits.filesOf(tree);
  if (files === undefined) return undefined;
  const entries = index.entries.filter((entry) => !entry.intended);
  return entries.length !== files.size || entries.some((entry) => files.get(entry.path) !== entry.object);
}

function describeOptions(args: readonly string[]): DescribeOptions | undefined {
  const options: DescribeOptions = {
    tags: false,
    always: false,
    exact: false,
    long: false,
    firstParent: false,
    abbrev: undefined,
    dirty: undefined,
    match: [],
    exclude: [],
  };
  for (let index = 0; index < args.length; index++) {
    const [flag = '', ...values] = (args[index] ?? '').split('=');
    const value = values.length > 0 ? values.join('=') : undefined;
    if (flag === '--match' || flag === '--exclude') {
      const pattern = globExpression(value ?? args[++index] ?? '');
      options[flag === '--match' ? 'match' : 'exclude'].push(pattern);
    } else if (flag === '--abbrev' && value !== undefined && /^\d+$/.test(value))
      options.abbrev = Number(value);
    else if (flag === '--dirty') options.dirty = value ?? '-dirty';
    else if (flag === '--tags') options.tags = true;
    else if (flag === '--always') options.always = true;
    else if (flag === '--exact-match') options.exact = true;
    else if (flag === '--long') options.long = true;
    else if (flag === '--first-parent') options.firstParent = true;
    else if (flag !== 'HEAD') return undefined;
  }
  // With --dirty git describes HEAD only.
  return options;
}

function globExpression(pattern: string): RegExp {
  const text = pattern
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${text}$`);
}

function tagsByCommit(
  git: GitFolder,
  commits: GitCommits,
  options: DescribeOptions,
): Map<string, Tag> | undefined {
  const found = new Map<string, Tag>();
  for (const [ref, object] of listRefs(git, 'refs/tags/')) {
    const name = ref.slice('refs/tags/'.length);
    if (options.match.length > 0 && !options.match.some((pattern) => pattern.test(name))) continue;
    if (options.exclude.some((pattern) => pattern.test(name))) continue;
    const peeled = commits.peel(object);
    if (peeled === undefined) continue;
    const tag = { name, annotated: peeled.tagged !== undefined, time: peeled.tagged ?? 0 };
    if (!tag.annotated && !options.tags) continue;
    const other = found.get(peeled.commit);
    if (other === undefined || isBetter(tag, other)) found.set(peeled.commit, tag);
  }
  return found;
}

/** An annotated tag counts more than a plain one, and a newer one more than an older. */
function isBetter(tag: Tag, other: Tag): boolean {
  if (tag.annotated !== other.annotated) return tag.annotated;
  return tag.annotated && tag.time > other.time;
}

/** The tag with the fewest commits between it and HEAD; undefined where the history cannot be read. */
function nearest(
  head: string,
  tags: ReadonlyMap<string, Tag>,
  commits: GitCommits,
  options: DescribeOptions,
): Candidate | 'none' | undefined {
  const exact = tags.get(head);
  if (exact !== undefined) return { tag: exact, depth: 0 };
  if (options.exact || tags.size === 0) return 'none';
  const candidates: Candidate[] = [];
  // Which candidates a commit is an ancestor of, one bit each.
  const reached = new Map<string, number>([[head, 0]]);
  let waiting = [head];
  for (let seen = 0; waiting.length > 0; seen++) {
    const all = 2 ** candidates.length - 1;
    if (candidates.length > 0 && waiting.every((name) => reached.get(name) === all)) break;
    const next = newest(waiting, commits);
    const commit = next === undefined ? undefined : commits.get(next);
    if (commit === undefined) return undefined;
    waiting = waiting.filter((name) => name !== next);
    let bits = reached.get(commit.name) ?? 0;
    const tag = tags.get(commit.name);
    if (tag !== undefined && candidates.length < MOST_CANDIDATES) {
      bits |= 1 << candidates.length;
      candidates.push({ tag, depth: seen });
    }
    for (const [place, candidate] of candidates.entries()) if ((bits & (1 << place)) === 0) candidate.depth++;
    for (const parent of options.firstParent ? commit.parents.slice(0, 1) : commit.parents) {
      if (!reached.has(parent)) waiting.push(parent);
      reached.set(parent, (reached.get(parent) ?? 0) | bits);
    }
  }
  return candidates.sort((left, right) => left.depth - right.depth)[0] ?? 'none';
}

function newest(names: readonly string[], commits: GitCommits): string | undefined {
  let best: string | undefined;
  let time = -1;
  for (const name of names) {
    const commit = commits.get(name);
    if (commit === undefined) return undefined;
    if (commit.committer.time > time) [best, time] = [name, commit.committer.time];
  }
  return best;
}
