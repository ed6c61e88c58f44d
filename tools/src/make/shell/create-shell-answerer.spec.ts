import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createShellRig } from './shell-rig.fixture.ts';

const project = createShellRig({
  Makefile: 'build: deps ## Build it\n\t@echo\ntest: build ## Run tests\n_x: ## hidden\n',
  VERSION: '1.2.3\n',
  'README.md': 'hi\n',
  '.env': 'NAME=app\nversion = "7.8.9"\nA=1\n# c\nB=two\n',
  'go.mod': 'module example.com/app\n\ngo 1.21\n',
  'package.json': '{\n  "name": "app",\n  "version": "4.5.6"\n}\n',
  'cmd/app/main.go': 'package main\n',
  'pkg/lib/lib.go': 'package lib\n',
  'vendor/x/x.go': 'package x\n',
  'src/a/x.c': '',
  'src/b/y.c': '',
  'scripts/version.sh': '#!/bin/sh\ncommand -v no-such-program || echo none $1\n',
  'scripts/version.py': '#!/usr/bin/env python3\nprint(1)\n',
});

afterAll(() => {
  project[Symbol.dispose]();
});

const idioms = String.raw`
uname
uname -s
uname -m
uname -sr
uname -s | tr '[:upper:]' '[:lower:]'
nproc
nproc || sysctl -n hw.ncpu
getconf _NPROCESSORS_ONLN
whoami
id -u
id -un
date +%Y
date -u -d @1700000000 +%Y-%m-%dT%H:%M:%SZ
date -u -d "@1700000000" '+%a %b %e %j %U %W %u %w %I %p %y %C %k %D %R %T %z %Z %B %A'
date -R -u -d @1700000000
command -v git
command -v no-such-program
command -v no-such-program >/dev/null 2>&1 && echo yes || echo no
command -v git >/dev/null 2>&1 && echo yes || echo no
which sed
type no-such-program >/dev/null 2>&1 || echo missing
no-such-program
no-such-program 2>/dev/null || echo none
pwd
cd cmd && pwd
basename $(pwd)
basename "$PWD"
cat VERSION
cat VERSION | tr -d '\n'
cat missing 2>/dev/null || echo 0.0.0
test -f VERSION && echo y
[ -d missing ] || echo n
if [ -f go.mod ]; then echo go; else echo none; fi
find . -name '*.go' -not -path './vendor/*' | sort
find . -type f -name '*.go' ! -path "./vendor/*" | sort
find . -maxdepth 1 -type d -not -name '.*' | sort
find . -name '*.go' -print0 | xargs -0 -n1 dirname | sort -u
find cmd -mindepth 1 -maxdepth 1 -type d
find . -path ./vendor -prune -o -name '*.go' -print | sort
find . -type f \( -name '*.go' -o -name '*.md' \) -print | sort
find . -type f -name '*.go' -exec dirname {} \; | sort -u
grep -E '^[a-zA-Z_-]+:.*?## .*$' Makefile | sort
grep -E '^[a-zA-Z_-]+:.*?## .*$' Makefile | sort | awk 'BEGIN {FS = ":.*?## "}; {printf "\033[36m%-30s\033[0m %s\n", $1, $2}'
grep -m1 version package.json | awk -F: '{ print $2 }' | sed 's/[", ]//g'
grep '^version' .env | cut -d'"' -f2
grep -rl package --include=*.go . | sort
sed -n 's/^NAME=\(.*\)/\1/p' .env
sed -n 's/.*"version": "\(.*\)".*/\1/p' package.json
sed -e 's/#.*$//' -e '/^$/d' .env
sed -E '/^#/d; s/=/ /' .env
awk -F= '/B/{print $2}' .env
awk '/^module/{print $2}' go.mod
awk 'NR==1{print $1; exit}' Makefile
awk -F. '{print $2}' VERSION
awk -F. -v OFS=. '{$3+=1; print}' VERSION
awk -F '.' '{print $1 "." $2+1}' VERSION
awk 'BEGIN{FS="."} {print $1}' VERSION
awk '{split($0, a, "."); print a[2]}' VERSION
echo 'a|b' | awk -F'|' '{print $2}'
echo 'a+b$c' | awk -F+ '{print $2}'
echo 'a  b' | awk -F' ' '{print $2}'
printf 'a\tb\n' | awk -F'\t' '{print $2}'
IFS=.; set -- $(cat VERSION); echo $2
cat VERSION | cut -d. -f1,2
cat VERSION | sed 's/\.[0-9]*$//'
cat VERSION | sed 's|\.|_|g; s/^/v/'
cat VERSION | tr . ' ' | { read a b c; echo $b; }
awk '{ sub(/=/, " "); print toupper($1) }' .env
cut -d' ' -f2 go.mod
ls
ls -1 cmd
ls -d */
ls -d src/*/
ls -d src/* VERSION
echo src/*/
for d in */; do echo $d; done
for d in cmd/*; do basename $d; done
echo a b c | wc -w
wc -l < VERSION
echo "a\tb"
printf '%s\n' a b
expr 1 + 2
expr "v1.2" : 'v\(.*\)'
expr abc : 'a.'
seq 1 2 7 | paste -sd, -
seq 1 2 7 | paste -sd,
echo $((1+2*3))
tail -n +2 .env
printf 'v1.10\nv1.9\n' | sort -V
printf '3\n10\n2\n' | sort -rn | head -1
echo a b | xargs -n1 echo
echo a b | xargs -I{} echo x{}
realpath VERSION
readlink -f VERSION
dirname cmd/app/main.go
./scripts/version.sh arg
bash -c 'echo hi'
sh -c 'command -v no-such-program || echo z'
mkdir -p new-folder && echo made
echo x | sha256sum | cut -c1-8
FOO=bar env | grep ^FOO
[ "$(uname -s)" = "Linux" ] && echo linux
case $(uname) in Linux) echo linux;; *) echo other;; esac
(cd cmd; ls)
. ./.env 2>/dev/null; echo $NAME
`
  .split('\n')
  .filter((idiom) => idiom !== '');

describe('what Makefiles ask', () => {
  it.each(idioms)('%s', async (idiom) => {
    const { output, exitCode, answered } = await project.ask(idiom);
    expect({ output, exitCode, answered }).toEqual({ ...project.real(idiom), answered: true });
  });

  it('writes nothing to the disk, and lets the next question see what the last one wrote', async () => {
    const ask = project.answerer();
    expect((await ask('echo 9 > written && rm VERSION && echo done')).output).toBe('done\n');
    expect(existsSync(join(project.root, 'written'))).toBe(false);
    expect(await ask('cat written; cat VERSION 2>/dev/null || echo gone')).toMatchObject({
      output: '9\ngone\n',
    });
    expect(existsSync(join(project.root, 'VERSION'))).toBe(true);
  });

  it('says what another machine would', async () => {
    const mac = { system: 'Darwin', architecture: 'arm64', processors: 12 };
    expect((await project.ask('uname -sm', mac)).output).toBe('Darwin arm64\n');
    expect((await project.ask('nproc', mac)).output).toBe('12\n');
    const now = (): Date => new Date(0);
    expect((await project.ask('date -u +%F', { now })).output).toBe('1970-01-01\n');
  });
});

describe('what is not answered', () => {
  it.each([
    './scripts/version.py',
    'git status --porcelain',
    'xargs --no-such-flag',
    'cat /etc/passwd',
    'ls /',
  ])('%s', async (command) => {
    expect(await project.ask(command)).toMatchObject({ answered: false });
  });

  it('goes on where the Makefile provides for it', async () => {
    expect(await project.ask('git status --porcelain 2>/dev/null || echo none')).toMatchObject({
      output: 'none\n',
      exitCode: 0,
      answered: false,
    });
  });
});

describe('what an answer depends on', () => {
  it('names files read, files looked for, and folders listed', async () => {
    const answer = await project.ask('cat VERSION missing; ls src; [ -f go.sum ] || echo');
    const names = ['VERSION', 'missing', 'go.sum'].map((name) => join(project.root, name));
    expect(answer.files).toEqual(expect.arrayContaining(names));
    expect(answer.folders).toContain(join(project.root, 'src'));
  });

  it('names every folder that find and globs go through', async () => {
    const found = await project.ask("find cmd -name '*.go'; echo src/*/*.c");
    expect(found.folders).toEqual(
      expect.arrayContaining(
        ['cmd', 'cmd/app', 'src', 'src/a', 'src/b'].map((name) => join(project.root, name)),
      ),
    );
  });

  it('names the places where a program would stand', async () => {
    const { files } = await project.ask('command -v no-such-program');
    expect(files.some((file) => file.endsWith('/no-such-program'))).toBe(true);
  });
});

describe('hostile commands', () => {
  const hostile = createShellRig({ 'a.txt': 'a\n', 'evil/.git': 'gitdir: /root\n' });
  writeFileSync(join(hostile.outside, 'secret'), 'secret\n');
  symlinkSync('../outside/secret', join(hostile.root, 'leak'));
  symlinkSync('../outside', join(hostile.root, 'leaks'));
  spawnSync('mkfifo', [join(hostile.root, 'pipe')]);

  afterAll(() => {
    hostile[Symbol.dispose]();
  });

  it.each([
    'while :; do :; done',
    'yes',
    'yes | head -1',
    'f() { f | f & }; f',
    'bash -c "while true; do true; done"',
    'cat pipe',
    'cat < pipe',
    'head -1 pipe',
    'curl http://127.0.0.1:9',
    "awk 'BEGIN{while(1){}}'",
    'seq 1 1000000000 | wc -l',
    'x=aaaaaaaaaa; while :; do x=$x$x; done',
    'printf "%0100000000d" 1',
    'cat leak',
    'cat leaks/secret',
    'ls leaks/',
    'cat ../outside/secret',
    'cd ../outside && cat secret',
    'cat /etc/shadow /etc/passwd',
    'cat /proc/self/environ',
  ])('%s: ends soon, tells nothing, and is not called an answer', async (command) => {
    const start = performance.now();
    const { output, answered } = await hostile.ask(command);
    expect({ output, answered }).toEqual({ output: '', answered: false });
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it.each([
    'ln -s /etc/passwd q && cat q',
    'ln -s ../outside/secret q && cat q',
    'cp -r ../outside q; cat q/secret',
    'git -C evil rev-parse HEAD',
    'find / -name secret',
    'sleep 1000',
    "grep -E '(a|a)*b' a.txt",
  ])('%s: finds nothing', async (command) => {
    expect((await hostile.ask(command)).output).toBe('');
  });

  it('never writes', async () => {
    await hostile.ask(
      `echo x > ${hostile.outside}/written; echo x > pipe; rm -rf / ; rm -rf ../outside; touch here`,
    );
    expect(readdirSync(hostile.outside)).toEqual(['secret']);
    expect(readdirSync(hostile.root).sort()).toEqual(['a.txt', 'evil', 'leak', 'leaks', 'pipe']);
  });

  it('does not take a program of node_modules/.bin for a script', async () => {
    using rig = createShellRig({ 'node_modules/.bin/tool': '#!/usr/bin/env node\necho oh no\n' });
    const answer = await rig.ask('PATH=$PWD/node_modules/.bin:$PATH; ./node_modules/.bin/tool');
    expect(answer).toMatchObject({ output: '', exitCode: 127, answered: false });
  });
});
