import { relative } from 'node:path';
import { answer, failure, line, unknown } from '../own-command.ts';
import { GitCommits } from './git-commits.ts';
import { isDirty } from './git-describe.ts';
import { headCommit } from './git-folder.ts';
import { readGitIndex, workTreeDiffers } from './git-index.ts';
import type { OwnCommandContext, OwnCommandResult } from '../own-command.ts';
import type { GitCommit, GitStamp } from './git-commits.ts';
import type { GitFolder } from './git-folder.ts';

/** `git log -1 --format=...` and `git show -s --format=...` of HEAD. */
export function lastCommit(args: readonly string[], git: GitFolder): OwnCommandResult {
  const formats = args.flatMap((arg) => /^--(?:format|pretty)=(?:t?format:)?(.*)$/s.exec(arg)?.[1] ?? []);
  const dates = args.flatMap((arg) => /^--date=(.*)$/.exec(arg)?.[1] ?? []);
  const known =
    /^(?:-1|-n1|-s|--no-patch|--max-count=1|--no-show-signature|HEAD|--(?:format|pretty|date)=.*)$/s;
  const once = args.some((arg) => /^(?:-1|-n1|-s|--no-patch|--max-count=1)$/.test(arg));
  const [format] = formats;
  if (format === undefined || !once || formats.length > 1 || args.some((arg) => !known.test(arg)))
    return unknown;
  const head = headCommit(git);
  if (head === undefined) return failure(128, 'fatal: your current branch does not have any commits yet');
  const commits = new GitCommits(git);
  const commit = commits.get(head);
  if (commit === undefined || !format.includes('%')) return unknown;
  const unknownFields: string[] = [];
  const text = format.replaceAll(/%([ac][nedtIsi]|[HhTPs%n]|.)/g, (_all, field: string) => {
    const value = commitField(field, commit, commits, dates[0]);
    if (value === undefined) unknownFields.push(field);
    return value ?? '';
  });
  if (unknownFields.length > 0) return unknown;
  // `format:` ends its last line only when git writes to a terminal; make strips it either way.
  return /^--(?:pretty|format)=format:/.test(args.find((arg) => /^--(?:pretty|format)=/.test(arg)) ?? '')
    ? answer(text)
    : line(text);
}

function commitField(
  field: string,
  commit: GitCommit,
  commits: GitCommits,
  date?: string,
): string | undefined {
  const stamp = field.startsWith('a') ? commit.author : commit.committer;
  switch (field) {
    case 'H':
      return commit.name;
    case 'h':
      return commits.objects.abbreviation(commit.name);
    case 'T':
      return commit.tree;
    case 'P':
      return commit.parents.join(' ');
    case 's':
      return commit.subject;
    case 'n':
      return '\n';
    case '%':
      return '%';
    default:
      return /^[ac][nedtIsi]$/.test(field) ? stampField(field.slice(1), stamp, date) : undefined;
  }
}

function stampField(field: string, stamp: GitStamp, date: string | undefined): string | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(stamp.zone) ?? [];
  const east = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const local = new Date((stamp.time + east * 60) * 1000).toISOString();
  const [day, time] = [local.slice(0, 10), local.slice(11, 19)];
  const zone = `${sign ?? '+'}${hours ?? '00'}:${minutes ?? '00'}`;
  const iso = `${day}T${time}${stamp.zone === '+0000' ? 'Z' : zone}`;
  switch (field) {
    case 'n':
      return stamp.name;
    case 'e':
      return stamp.email;
    case 't':
      return String(stamp.time);
    case 's':
      return day;
    case 'I':
      // Git wrote +00:00 here before 2.46 and Z since; which one is installed is not known.
      return stamp.zone === '+0000' ? undefined : iso;
    case 'i':
      return `${day} ${time} ${stamp.zone}`;
    default:
      if (date === 'short') return day;
      if (date === 'unix') return String(stamp.time);
      return date === 'iso' ? `${day} ${time} ${stamp.zone}` : undefined;
  }
}

/** `git rev-list --count HEAD`. */
export function countCommits(args: readonly string[], git: GitFolder): OwnCommandResult {
  const head = headCommit(git);
  if (head === undefined || args.length !== 2 || !args.includes('--count') || !args.includes('HEAD'))
    return unknown;
  const count = new GitCommits(git).count(head);
  return count === undefined ? unknown : line(String(count));
}

/** `git ls-files`, with plain patterns. */
export function listTracked(
  args: readonly string[],
  git: GitFolder,
  context: OwnCommandContext,
): OwnCommandResult {
  const patterns = args.filter((arg) => arg !== '--' && arg !== '-c' && arg !== '--cached');
  if (patterns.some((pattern) => !/^[\w./*@+-]+$/.test(pattern) || /^[-.]|\/\.\.?\/|\/$/.test(pattern)))
    return unknown;
  const index = readGitIndex(git);
  if (index === undefined) return unknown;
  const inside = relative(git.top, context.folder);
  const prefix = inside === '' ? '' : `${inside}/`;
  const expressions = patterns.map((pattern) => {
    const text = pattern.replaceAll(/[.+]/g, '\\$&').replaceAll(/\*+/g, '.*');
    return new RegExp(pattern.includes('*') ? `^${text}$` : `^${text}(?:/.*)?$`);
  });
  const names = index.entries
    .filter((entry) => entry.path.startsWith(prefix))
    .map((entry) => entry.path.slice(prefix.length))
    .filter((name) => expressions.length === 0 || expressions.some((expression) => expression.test(name)));
  // Git quotes what is not plain ASCII.
  if (names.some((name) => !/^[ !#-[\]-~]*$/.test(name))) return unknown;
  return answer([...new Set(names)].map((name) => `${name}\n`).join(''));
}

/** `git diff --quiet`, with HEAD or without, and `git diff-index --quiet HEAD`. */
export function compareQuietly(verb: string): (args: readonly string[], git: GitFolder) => OwnCommandResult {
  return (args, git) => {
    const rest = args.filter((arg) => !['--quiet', '--exit-code', '--'].includes(arg));
    const withHead = rest.length === 1 && rest[0] === 'HEAD';
    if (!args.includes('--quiet') || (rest.length > 0 && !withHead) || (verb === 'diff-index' && !withHead))
      return unknown;
    const head = headCommit(git);
    const index = readGitIndex(git);
    if (index === undefined || head === undefined) return unknown;
    const differs = withHead ? isDirty(git, new GitCommits(git), head) : workTreeDiffers(git, index);
    if (differs === undefined) return unknown;
    return differs ? failure(1, '') : answer('');
  };
}
