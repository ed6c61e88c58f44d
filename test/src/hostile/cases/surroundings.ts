import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CasePlace, HostileCase } from '../hostile-case.ts';

const asks = `A := $(shell git rev-parse HEAD)\nB := $(shell git describe --tags --always --dirty)\nC := $(shell git status --porcelain)\nD := $(shell git config remote.origin.url)\nE := $(shell git log -1 --format=%s%n%aI)\nF := $(shell git rev-list --count HEAD)\nG := $(shell git ls-files)\nH := $(shell git diff --quiet || echo d)\nI := $(shell git tag)\nJ := $(shell git branch --show-current)\nall: $(A) $(B) $(D) $(E)\n`;
const git = (folder: string, ...args: string[]): void => {
  const identity = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b',
  };
  spawnSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, GIT_CONFIG_NOSYSTEM: '1', ...identity },
  });
};
const repository = ({ folder }: CasePlace): void => {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', 'Makefile');
  git(folder, 'commit', '--quiet', '--message', 'first');
  git(folder, 'tag', '--annotate', 'v1', '--message', 'x');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'second');
};
const packed = (place: CasePlace, change: (path: string) => void): void => {
  repository(place);
  git(place.folder, 'gc', '--quiet');
  const packs = join(place.folder, '.git/objects/pack');
  for (const name of readdirSync(packs)) change(join(packs, name));
};
const bare = (folder: string, files: Readonly<Record<string, string | Buffer>>): void => {
  for (const name of ['.git', '.git/objects', '.git/refs', '.git/refs/heads', '.git/refs/tags'])
    mkdirSync(join(folder, name));
  for (const [name, text] of Object.entries({
    HEAD: 'ref: refs/heads/main\n',
    'refs/heads/main': `${'a'.repeat(40)}\n`,
    ...files,
  }))
    writeFileSync(join(folder, '.git', name), text);
};

/** Repositories and manifests beside a Makefile that mean harm. */
export const surroundingCases: readonly HostileCase[] = [
  {
    name: 'git-fsmonitor',
    makefile: asks,
    layOut: (place) => {
      repository(place);
      writeFileSync(
        join(place.folder, '.git/config'),
        `[core]\n\tfsmonitor = touch MARK\n\tpager = touch MARK\n\tsshCommand = touch MARK\n\thooksPath = ${place.folder}\n[include]\n\tpath = ${place.secret}\n\tpath = /dev/zero\n[alias]\n\tdescribe = !touch MARK\n[filter "x"]\n\tclean = touch MARK\n[diff]\n\texternal = touch MARK\n`,
      );
      writeFileSync(join(place.folder, '.gitattributes'), '* filter=x\n');
    },
  },
  {
    name: 'git-broken-packs',
    makefile: asks,
    layOut: (place) => {
      packed(place, (path) => {
        spawnSync('chmod', ['u+w', path]);
        writeFileSync(path, Buffer.alloc(5000, 0xff));
      });
    },
  },
  {
    name: 'git-broken-index-files',
    makefile: asks,
    layOut: (place) => {
      packed(place, (path) => {
        spawnSync('chmod', ['u+w', path]);
        if (path.endsWith('.idx'))
          writeFileSync(
            path,
            Buffer.concat([Buffer.from('ff744f6300000002', 'hex'), Buffer.alloc(1024, 0xff)]),
          );
      });
    },
  },
  {
    name: 'git-short-packs',
    makefile: asks,
    layOut: (place) => {
      packed(place, (path) => {
        spawnSync('chmod', ['u+w', path]);
        writeFileSync(path, 'x');
      });
    },
  },
  {
    name: 'git-broken-index',
    makefile: asks,
    layOut: (place) => {
      repository(place);
      const head = Buffer.alloc(12);
      head.write('DIRC');
      head.writeUInt32BE(4, 4);
      head.writeUInt32BE(0xffffffff, 8);
      writeFileSync(join(place.folder, '.git/index'), Buffer.concat([head, Buffer.alloc(3_000_000, 0x80)]));
    },
  },
  {
    name: 'git-zero-index',
    makefile: asks,
    layOut: (place) => {
      repository(place);
      const head = Buffer.alloc(12);
      head.write('DIRC');
      head.writeUInt32BE(2, 4);
      head.writeUInt32BE(0xffffffff, 8);
      writeFileSync(join(place.folder, '.git/index'), Buffer.concat([head, Buffer.alloc(30_000_000)]));
    },
  },
  {
    name: 'git-endless-extension',
    makefile: asks,
    layOut: (place) => {
      repository(place);
      const head = Buffer.alloc(12);
      head.write('DIRC');
      head.writeUInt32BE(2, 4);
      writeFileSync(join(place.folder, '.git/index'), Buffer.concat([head, Buffer.alloc(1000)]));
    },
  },
  {
    name: 'git-fifos',
    makefile: asks,
    layOut: ({ folder }) => {
      bare(folder, {});
      for (const name of ['config', 'index', 'packed-refs', 'ORIG_HEAD', 'shallow', 'objects/aa'])
        spawnSync('mkfifo', [join(folder, '.git', name)]);
    },
  },
  {
    name: 'git-head-fifo',
    makefile: asks,
    layOut: ({ folder }) => {
      mkdirSync(join(folder, '.git'));
      spawnSync('mkfifo', [join(folder, '.git/HEAD')]);
    },
  },
  {
    name: 'git-fifo',
    makefile: asks,
    layOut: ({ folder }) => {
      spawnSync('mkfifo', [join(folder, '.git')]);
    },
  },
  {
    name: 'git-head-link',
    makefile: asks,
    layOut: ({ folder, secret }) => {
      bare(folder, { HEAD: '' });
      spawnSync('ln', ['-sf', secret, join(folder, '.git/HEAD')]);
    },
  },
  {
    name: 'git-elsewhere',
    makefile: asks,
    layOut: ({ folder, secret }) => {
      writeFileSync(join(folder, '.git'), `gitdir: ${join(secret, '../secret-repository/.git')}\n`);
    },
  },
  {
    name: 'git-common-elsewhere',
    makefile: asks,
    layOut: ({ folder, secret }) => {
      bare(folder, { commondir: `${join(secret, '../secret-repository/.git')}\n` });
    },
  },
  {
    name: 'git-objects-elsewhere',
    makefile: asks,
    layOut: ({ folder, secret }) => {
      mkdirSync(join(folder, '.git'));
      for (const name of ['objects', 'refs', 'HEAD', 'config'])
        symlinkSync(join(secret, '../secret-repository/.git', name), join(folder, '.git', name));
    },
  },
  {
    name: 'git-endless-refs',
    makefile: asks,
    layOut: ({ folder }) => {
      bare(folder, {
        'refs/heads/main': 'ref: refs/heads/main\n',
        'packed-refs': `${'a'.repeat(40)} refs/tags/x\n`.repeat(400_000),
      });
      symlinkSync('.', join(folder, '.git/refs/tags/loop'));
    },
  },
  {
    name: 'git-wide-config',
    makefile: asks,
    layOut: ({ folder }) => {
      bare(folder, {
        config: `[remote "origin"]\n\turl = ${' '.repeat(100_000)}x\n[${'a'.repeat(100_000)}\n[remote "${'\\\\'.repeat(100_000)}\n`,
      });
    },
  },
  {
    name: 'git-bomb',
    makefile: asks,
    layOut: (place) => {
      repository(place);
      spawnSync(
        'sh',
        [
          '-c',
          'for f in $(find .git/objects -type f | head -5); do chmod u+w $f; head -c 60000000 /dev/zero | gzip -c > $f; done',
        ],
        { cwd: place.folder },
      );
    },
  },
  {
    name: 'pyproject-prototype',
    makefile: '',
    files: {
      'pyproject.toml':
        '[project]\nname = "__proto__"\n[tool.poetry.dependencies.__proto__]\npath = "../../../.."\n[tool.uv.sources]\nconstructor = { path = "/etc" }\n',
    },
  },
  {
    name: 'pyproject-huge',
    makefile: '',
    files: {
      'pyproject.toml': `[project]\nname = "huge"\n${Array.from({ length: 200_000 }, (_, at) => `k${at} = [1, 2, { a = "${at}" }]\n`).join('')}`,
    },
  },
  {
    name: 'pyproject-deep',
    makefile: '',
    files: {
      'pyproject.toml': `x = ${'['.repeat(300_000)}\n`,
      'Cargo.toml': `[${'a.'.repeat(100_000)}b]\nx = 1\n`,
    },
  },
  {
    name: 'pyproject-broken',
    makefile: '',
    files: {
      'pyproject.toml': '[project\nname = """',
      'Cargo.toml': '\0\0',
      'go.mod': 'module \n\n\n=> ./',
      'package.json': '{ "name": ',
    },
  },
  {
    name: 'package-odd',
    makefile: '',
    files: {
      'package.json': JSON.stringify({
        name: 7,
        scripts: { __proto__: 'x', constructor: 1, build: 'touch MARK' },
        nx: { name: '../../x', includedScripts: 'a' },
      }),
    },
  },
  { name: 'package-deep', makefile: '', files: { 'package.json': `{"a":${'['.repeat(2_000_000)}` } },
  {
    name: 'go-many',
    makefile: '',
    files: { 'go.mod': `module ${'\n'.repeat(200_000)}\n${'replace a => ../x\n'.repeat(100_000)}` },
  },
  {
    name: 'go-blanks',
    makefile: '',
    files: {
      'go.mod': `${'module\n'.repeat(100_000)}${'=>'.repeat(200_000)}${'\n'.repeat(100_000)}`,
      'pyproject.toml': `x = "${'@ file:'.repeat(100_000)}"\n`,
    },
  },
  {
    name: 'name-newline',
    makefile: '',
    files: { 'pyproject.toml': '[project]\nname = "a\\nb --help; touch MARK"\n' },
  },
  { name: 'name-taken', makefile: '', files: { 'pyproject.toml': '[project]\nname = "good-web"\n' } },
  {
    name: 'name-of-package',
    makefile: '',
    files: { 'pyproject.toml': '[project]\nname = "plain-package"\n' },
  },
  { name: 'name-of-root', makefile: '', files: { 'Cargo.toml': '[package]\nname = "*"\n' } },
  {
    name: 'name-empty',
    makefile: '',
    files: { 'Cargo.toml': '[package]\nname = " "\n', 'go.mod': 'module /\n' },
  },
];
