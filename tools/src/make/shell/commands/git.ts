import { join, relative, resolve } from 'node:path';
import { failure, answer, line, unknown } from '../own-command.ts';
import { findGitFolder, headCommit, headRef, listRefs, resolveRef } from './git-folder.ts';
import { describe } from './git-describe.ts';
import { compareQuietly, countCommits, lastCommit, listTracked } from './git-history.ts';
import { GitObjects } from './git-objects.ts';
import { gitConfigValue } from './git-config.ts';
import type { OwnCommand, OwnCommandContext, OwnCommandResult } from '../own-command.ts';
import type { GitFolder } from './git-folder.ts';

/** One git subcommand, in a repository that was found. */
export type GitVerb = (
  args: readonly string[],
  git: GitFolder,
  context: OwnCommandContext,
) => OwnCommandResult;

const NO_REPOSITORY = 'fatal: not a git repository (or any of the parent directories): .git';

const VERBS: Readonly<Record<string, GitVerb>> = {
  'rev-parse': revParse,
  'symbolic-ref': symbolicRef,
  branch,
  tag,
  config,
  remote,
  describe,
  log: lastCommit,
  show: (args, found) =>
    args.includes('-s') || args.includes('--no-patch') ? lastCommit(args, found) : unknown,
  'rev-list': countCommits,
  'ls-files': listTracked,
  diff: compareQuietly('diff'),
  'diff-index': compareQuietly('diff-index'),
};

/** `git`, answered from the files of the repository; nothing that they name is run, and no setting of theirs is obeyed. */
export const git: OwnCommand = (args, context) => {
  // These make git look elsewhere; a reading of them would be a second git.
  const moved = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE'].some(
    (name) => (context.environment[name] ?? '') !== '',
  );
  const [first, ...rest] = args;
  if (moved || first === undefined) return unknown;
  if (first === '-C')
    return git(rest.slice(1), { ...context, folder: resolve(context.folder, rest[0] ?? '') });
  if (first === '--no-pager') return git(rest, context);
  const verb = Object.hasOwn(VERBS, first) ? VERBS[first] : undefined;
  if (verb === undefined) return unknown;
  const found = findGitFolder(context.folder, context.files);
  return found === undefined ? failure(128, NO_REPOSITORY) : verb(rest, found, context);
};

function revParse(args: readonly string[], found: GitFolder, context: OwnCommandContext): OwnCommandResult {
  const flags = args.filter((arg) => arg.startsWith('-'));
  const names = args.filter((arg) => !arg.startsWith('-'));
  const quiet = flags.includes('-q') || flags.includes('--quiet');
  const [flag, ...more] = flags.filter((each) => !['-q', '--quiet', '--verify'].includes(each));
  if (more.length > 0 || names.length > 1) return unknown;
  const [name] = names;
  if (name === undefined) return flag === undefined ? unknown : place(flag, found, context);
  if (flag === '--abbrev-ref') return name === 'HEAD' ? abbreviatedHead(found) : unknown;
  const length = /^--short(?:=(\d+))?$/.exec(flag ?? '');
  if (flag !== undefined && !length) return unknown;
  const object = objectNamed(name, found);
  if (object === undefined) return missingRevision(name, flags, quiet);
  if (!length) return line(object);
  const asked = length[1] === undefined ? undefined : Number(length[1]);
  return line(new GitObjects(found).abbreviation(object, asked));
}

function missingRevision(name: string, flags: readonly string[], quiet: boolean): OwnCommandResult {
  if (!/^[\w./-]+$/.test(name)) return unknown;
  // A short object name could still be one.
  if (/^[0-9a-f]{4,40}$/.test(name)) return unknown;
  if (quiet) return failure(1, '');
  if (flags.length > 0) return failure(128, 'fatal: Needed a single revision');
  return failure(128, `fatal: ambiguous argument '${name}': unknown revision`, `${name}\n`);
}

function place(flag: string, found: GitFolder, context: OwnCommandContext): OwnCommandResult {
  const inside = relative(found.top, context.folder);
  switch (flag) {
    case '--show-toplevel':
      return line(found.top);
    case '--is-inside-work-tree':
      return line('true');
    case '--git-dir':
      return line(found.own === join(found.top, '.git') && inside === '' ? '.git' : found.own);
    case '--absolute-git-dir':
      return line(found.own);
    case '--git-common-dir':
      if (found.shared !== join(found.top, '.git')) return line(found.shared);
      return line(join(relative(context.folder, found.top), '.git'));
    case '--show-prefix':
      return line(inside === '' ? '' : `${inside}/`);
    case '--show-cdup':
      return line(inside === '' ? '' : `${relative(context.folder, found.top)}/`);
    default:
      return unknown;
  }
}

function abbreviatedHead(found: GitFolder): OwnCommandResult {
  const ref = headRef(found);
  if (headCommit(found) === undefined) return failure(128, "fatal: ambiguous argument 'HEAD'", 'HEAD\n');
  return line(ref === undefined ? 'HEAD' : ref.replace(/^refs\/heads\//, ''));
}

/** The object that a plain name leads to, looked for where git looks. */
function objectNamed(name: string, found: GitFolder): string | undefined {
  if (name === 'HEAD' || name === '@') return headCommit(found);
  if (/^[0-9a-f]{40}$/.test(name)) return name;
  if (!/^[\w./-]+$/.test(name)) return undefined;
  return ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/']
    .map((prefix) => `${prefix}${name}`)
    .filter((full) => full.startsWith('refs/') || /^[A-Z_]+$/.test(full))
    .map((full) => resolveRef(found, full))
    .find((object) => object !== undefined);
}

function symbolicRef(args: readonly string[], found: GitFolder): OwnCommandResult {
  const short = args.includes('--short');
  const quiet = args.includes('-q') || args.includes('--quiet');
  const [name, ...rest] = args.filter((arg) => !arg.startsWith('-'));
  if (name !== 'HEAD' || rest.length > 0) return unknown;
  const ref = headRef(found);
  if (ref === undefined)
    return quiet ? failure(1, '') : failure(128, 'fatal: ref HEAD is not a symbolic ref');
  return line(short ? ref.replace(/^refs\/(?:heads|tags|remotes)\//, '') : ref);
}

function branch(args: readonly string[], found: GitFolder): OwnCommandResult {
  if (args.length !== 1 || args[0] !== '--show-current') return unknown;
  const ref = headRef(found);
  return ref === undefined ? answer('') : line(ref.replace(/^refs\/heads\//, ''));
}

function tag(args: readonly string[], found: GitFolder): OwnCommandResult {
  const listing = args.length === 0 || (args.length === 1 && (args[0] === '-l' || args[0] === '--list'));
  if (!listing) return unknown;
  return answer([...listRefs(found, 'refs/tags/').keys()].map((name) => `${name.slice(10)}\n`).join(''));
}

function config(args: readonly string[], found: GitFolder): OwnCommandResult {
  const local = args.includes('--local');
  const [key, ...rest] = args.filter((arg) => !['--get', '--local', 'get'].includes(arg));
  if (key === undefined || rest.length > 0 || key.startsWith('-') || !key.includes('.')) return unknown;
  const value = gitConfigValue(found, key);
  if (value !== undefined) return line(value);
  // The user's own settings are not read, and could hold it; those of a remote hardly ever do.
  return local || key.startsWith('remote.') || key.startsWith('branch.') ? failure(1, '') : unknown;
}

function remote(args: readonly string[], found: GitFolder): OwnCommandResult {
  const [verb, name, ...rest] = args;
  if (verb !== 'get-url' || name === undefined || rest.length > 0) return unknown;
  const url = gitConfigValue(found, `remote.${name}.url`);
  if (url === undefined) return failure(2, `error: No such remote '${name}'`);
  return line(url);
}
