import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createShellRig } from '../shell-rig.fixture.ts';

const questions = [
  'git rev-parse HEAD',
  'git rev-parse --short HEAD',
  'git rev-parse --short=10 HEAD',
  'git rev-parse --abbrev-ref HEAD',
  'git rev-parse --show-toplevel',
  'git rev-parse --git-dir',
  'git rev-parse --is-inside-work-tree',
  'git rev-parse --verify -q no-such-ref || echo no',
  'git branch --show-current',
  'git symbolic-ref --short HEAD',
  'git describe',
  'git describe --tags',
  'git describe --tags --always --dirty',
  'git describe --tags --abbrev=0',
  'git describe --always --long --dirty=.modified',
  'git describe --tags --exact-match 2>/dev/null || git rev-parse --short HEAD',
  "git describe --tags --match 'v0.1*'",
  'git tag',
  'git rev-list --count HEAD',
  'git log -1 --format=%H',
  'git log -1 --pretty=%h',
  'git log -1 --format=%ct',
  'git log -1 --format="%s by %an <%ae>"',
  'git log -1 --format=%cd --date=short',
  'git show -s --format=%ct HEAD',
  'git ls-files',
  "git ls-files '*.txt' | wc -l",
  'git diff --quiet && echo clean || echo dirty',
  'git diff-index --quiet HEAD -- && echo clean || echo dirty',
  'git config --get remote.origin.url',
  'git remote get-url origin',
  'basename $(git remote get-url origin) .git',
];

function history(): ReturnType<typeof createShellRig> {
  const rig = createShellRig({ 'a.txt': 'a\n', 'sub/b.txt': 'b\n', big: 'line\n'.repeat(300) });
  rig.git('init', '-q', '-b', 'main');
  rig.git('remote', 'add', 'origin', 'git@example.com:team/app.git');
  const commit = (name: string): void => {
    writeFileSync(join(rig.root, 'big'), `${'line\n'.repeat(300)}${name}\n`);
    writeFileSync(join(rig.root, name), name);
    rig.git('add', '-A');
    rig.git('commit', '-q', '-m', `Add ${name}`);
  };
  commit('one.txt');
  rig.git('tag', 'v0.1.0');
  commit('two.txt');
  rig.git('tag', '-a', 'v0.2.0', '-m', 'two');
  rig.git('checkout', '-q', '-b', 'side');
  writeFileSync(join(rig.root, 'side.txt'), 'side');
  rig.git('add', '-A');
  rig.git('commit', '-q', '-m', 'Side');
  rig.git('tag', 'v0.3.0-side');
  rig.git('checkout', '-q', 'main');
  commit('three.txt');
  rig.git('merge', '-q', '--no-ff', '-m', 'Merge side', 'side');
  return rig;
}

const rigs: ReturnType<typeof createShellRig>[] = [];
afterAll(() => {
  for (const rig of rigs) rig[Symbol.dispose]();
});

function prepared(
  change: (rig: ReturnType<typeof createShellRig>) => void,
): ReturnType<typeof createShellRig> {
  const rig = history();
  rigs.push(rig);
  change(rig);
  return rig;
}

describe.each([
  ['loose objects', prepared(() => undefined)],
  ['packed objects and refs', prepared((rig) => rig.git('gc', '-q'))],
  [
    'an edited file',
    prepared((rig) => {
      writeFileSync(join(rig.root, 'a.txt'), 'edited\n');
    }),
  ],
  [
    'a staged file',
    prepared((rig) => {
      writeFileSync(join(rig.root, 'a.txt'), 'edited\n');
      rig.git('add', 'a.txt');
    }),
  ],
  ['a detached HEAD on a tag', prepared((rig) => rig.git('checkout', '-q', 'v0.2.0'))],
])('git with %s', (_name, rig) => {
  it.each(questions)('%s', async (question) => {
    const { output, exitCode, answered } = await rig.ask(question);
    expect({ output, exitCode, answered }).toEqual({ ...rig.real(question), answered: true });
  });
});

describe('git elsewhere', () => {
  it('reads a work tree whose repository stands outside the workspace', async () => {
    const rig = prepared(() => undefined);
    rig.git('worktree', 'add', '-q', '-b', 'other', join(rig.root, 'tree'));
    expect(
      (await rig.ask('cd tree && git branch --show-current && git describe --tags --dirty')).output,
    ).toBe(rig.real('cd tree && git branch --show-current && git describe --tags --dirty').output);
  });

  it('fails as git does where there is no repository', async () => {
    using rig = createShellRig({ 'a.txt': '' });
    expect(await rig.ask('git rev-parse HEAD')).toMatchObject({ output: '', exitCode: 128 });
    expect(await rig.ask('git describe --tags 2>/dev/null || echo dev')).toMatchObject({ output: 'dev\n' });
  });

  it('runs nothing that the repository names', async () => {
    const rig = prepared((made) => {
      made.git('config', 'core.fsmonitor', `touch ${made.outside}/ran`);
      made.git('config', 'core.pager', `touch ${made.outside}/ran`);
    });
    await rig.ask('git describe --dirty --always; git diff --quiet; git log -1 --format=%h');
    expect(existsSync(join(rig.outside, 'ran'))).toBe(false);
  });
});
