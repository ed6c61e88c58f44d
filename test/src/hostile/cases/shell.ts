import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileCase } from '../hostile-case.ts';

const many = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('');
const shell = (name: string, command: string): HostileCase => ({
  name: `shell-${name}`,
  makefile: `X := $(shell ${command})\n`,
});
const fifo = (path: string): void => {
  spawnSync('mkfifo', [path]);
};

/** Shell calls that would take for ever, or fill what they can. */
export const shellCases: readonly HostileCase[] = [
  shell('sleep', 'sleep 1000; echo a'),
  shell('yes', 'yes | head -n 100000000'),
  shell('zero', 'cat /dev/zero'),
  shell('zero-head', 'head -c 10000000000 /dev/zero | od'),
  shell('urandom', 'base64 /dev/urandom'),
  shell('stdin', 'cat; read x; cat /dev/stdin /proc/self/fd/0'),
  shell('fork-bomb', ':() { : | : & }; :'),
  shell('recursion', 'f() { f; f; }; f'),
  shell('background', 'while :; do :; done & wait'),
  shell('while', 'while true; do echo a; done'),
  shell('find', 'find / -type f | xargs cat'),
  shell('find-up', 'find ../../.. -name "*" | sort | uniq -c'),
  shell('globs', 'echo /*/*/*/*/*/* ../../../**/*'),
  shell('braces', `echo ${'{a,b,c,d}'.repeat(12)}`),
  shell('numbers', 'echo {1..100000000}; seq 1 1000000000'),
  shell('arithmetic', 'i=0; while [ $$i -lt 100000000 ]; do i=$$((i+1)); done; echo $$((2**62**62))'),
  shell(
    'doubling',
    'a=aaaaaaaaaa; for i in 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9; do a=$$a$$a; done; echo $${\u0023a}',
  ),
  shell('substitution', `${'$$(echo '.repeat(300)}a${')'.repeat(300)}`),
  shell('grep', `echo ${'a'.repeat(40)} | grep -E '^(a+)+$$b'`),
  shell('grep-p', `printf '%s' ${'a'.repeat(4000)} | grep -P '^(([a-z])+.)+[A-Z]([a-z])+$$'`),
  shell('sed', `echo ${'a'.repeat(60)} | sed -E 's/^(a|aa|a*)*b$$/x/'`),
  shell('sed-loop', "echo a | sed ':a;s/a/aa/;ta'"),
  shell('awk', 'awk \'BEGIN { while (1) x = x x "a" }\''),
  shell('awk-regex', `echo ${'x'.repeat(50)} | awk '/^(x+x+)+y$$/'`),
  shell('case', `case ${'a'.repeat(3000)} in ${'*a'.repeat(1000)}b) echo x;; esac`),
  shell(
    'pattern-cut',
    `x=${'a'.repeat(5000)}; echo "$\${x//${'*a'.repeat(20)}b/}" "$\${x%%${'*a'.repeat(20)}b}"`,
  ),
  shell('expr', `expr ${'a'.repeat(60)} : '\\(a*\\)*b'`),
  shell('jq', "echo 1 | jq '[range(1e9)] | length'"),
  shell('tr', `printf '%1000000000s' x | tr ' ' x`),
  shell('xargs', 'seq 1 1000000 | xargs -n 1 sh -c "echo a"'),
  shell('eval', 'x=\'eval "$$x$$x"\'; eval "$$x"'),
  shell('heredoc', 'cat <<A\nA'),
  shell('parser', `${'( '.repeat(20_000)}echo a${' )'.repeat(20_000)}`),
  shell('quotes', `echo ${`"'`.repeat(100_000)}`),
  shell('long-words', `echo ${'a'.repeat(2_000_000)}`),
  shell('plain-words', `${'a.'.repeat(200_000)}"`),
  shell('plain-quotes', `echo ${'"a" '.repeat(100_000)}'`),
  shell('pipes', Array.from({ length: 5000 }, () => 'cat').join(' | ')),
  shell('ors', Array.from({ length: 20_000 }, () => 'false').join(' || ')),
  shell('redirect-blanks', `git rev-parse ${' '.repeat(200_000)}x`),
  {
    name: 'shell-thousands',
    makefile: many(5000, (at) => `X${at} := $(shell cat Makefile | wc -l; echo ${at})\n`),
  },
  { name: 'shell-each-long', makefile: many(50, (at) => `X${at} := $(shell while :; do a=${at}; done)\n`) },
  {
    name: 'shell-late',
    makefile: `L := ${'1 2 3 4 5 6 7 8 9 0 '.repeat(20)}\n${'X := $(foreach a,$(L),$(foreach b,$(L),$(subst 1,2,$(L))))\n'.repeat(4)}${many(200, (at) => `Y${at} := $(shell echo ${at})\n`)}`,
  },
  {
    name: 'shell-fifo',
    makefile:
      'X := $(shell cat fifo; . ./fifo; grep a fifo; wc -l < fifo; cp fifo x; ls -l fifo; read a < fifo; sort fifo; awk 1 fifo; source fifo; sh fifo; ./fifo; head fifo; diff fifo Makefile; find . -type p | xargs cat)\n',
    layOut: ({ folder }) => {
      fifo(join(folder, 'fifo'));
    },
  },
  {
    name: 'shell-tool-fifos',
    makefile: `export PATH := $(CURDIR)/bin:$(PATH)\nexport GOENV := $(CURDIR)/fifo\nexport PKG_CONFIG_PATH := $(CURDIR)\nA := $(shell PATH=$(CURDIR)/bin:$$PATH GOENV=$(CURDIR)/fifo go env GOFLAGS)\nB := $(shell PATH=$(CURDIR)/bin:$$PATH PKG_CONFIG_PATH=$(CURDIR) pkg-config --modversion evil)\nC := $(shell PATH=$(CURDIR)/bin:$$PATH go version)\nD := $(shell PATH=$(CURDIR)/bin:$$PATH python3 --version)\nE := $(shell PATH=$(CURDIR)/shims:$$PATH python3 --version)\nF := $(shell PATH=$(CURDIR)/npm/bin:$$PATH npm -v)\nG := $(shell PATH=$(CURDIR)/bin:$$PATH HOME=$(CURDIR)/home go env GOPATH)\n`,
    layOut: ({ folder }) => {
      for (const name of ['bin', 'shims', 'npm', 'npm/bin', 'home', 'home/.config', 'home/.config/go'])
        mkdirSync(join(folder, name));
      for (const name of ['bin/go', 'bin/pkg-config', 'bin/python3', 'shims/python3', 'npm/bin/npm-cli.js'])
        writeFileSync(join(folder, name), '#!/bin/sh\n', { mode: 0o755 });
      symlinkSync('npm-cli.js', join(folder, 'npm/bin/npm'));
      for (const name of [
        'fifo',
        'evil.pc',
        'VERSION',
        'pyvenv.cfg',
        'version',
        '.python-version',
        'npm/package.json',
        'home/.config/go/env',
      ])
        fifo(join(folder, name));
    },
  },
];
