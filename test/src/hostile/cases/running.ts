import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileCase } from '../hostile-case.ts';

/** Makefiles that want something run or written while they are read. */
export const runningCases: readonly HostileCase[] = [
  { name: 'shell', makefile: 'X := $(shell touch MARK)\n$(shell touch MARK)\n' },
  { name: 'shell-assignment', makefile: 'X != touch MARK\n' },
  {
    name: 'plus-lines',
    makefile: 'all:\n\t+touch MARK\n\t$(MAKE) -C . ; touch MARK\n\t${MAKE}; touch MARK\n',
  },
  { name: 'default-rule', makefile: '.DEFAULT:\n\t+touch MARK\n' },
  {
    name: 'remade-include',
    makefile:
      'include made.mk\nmade.mk: FORCE\n\ttouch MARK; echo > made.mk\nFORCE:\n-include other.mk\n%.mk:\n\ttouch MARK\n',
  },
  { name: 'remade-makefile', makefile: 'Makefile: FORCE\n\ttouch MARK\nFORCE:\n' },
  {
    name: 'preload',
    makefile:
      'export LD_PRELOAD := $(CURDIR)/evil.so\nX := $(shell echo hello)\ninclude made.mk\nmade.mk:\n\ttouch MARK\n',
    files: { 'evil.so': '\x7fELF' },
  },
  {
    name: 'other-shell',
    makefile: 'override SHELL = /bin/sh\n.SHELLFLAGS = -c "touch MARK";\nX := $(shell x)\n',
  },
  { name: 'touch-as-shell', makefile: 'SHELL = touch\n.SHELLFLAGS = MARK\nX := $(shell x)\n' },
  { name: 'python-as-shell', makefile: 'SHELL = python3\nX := $(shell open("MARK","w"))\n' },
  { name: 'file-write', makefile: '$(file >MARK,x)\nX := $(file >>MARK,x)\n' },
  { name: 'file-by-call', makefile: 'w = $(call file,>MARK,x)\n$(call w)\n$(call file,>MARK,x)\n' },
  { name: 'file-by-eval', makefile: 'E :=\n$(eval X := $$(fi$(E)le >MARK,x))\nF := file\n$($(F) >MARK,x)\n' },
  { name: 'load', makefile: 'load ./evil.so\n-load evil.so(touch)\n', files: { 'evil.so': '\x7fELF' } },
  { name: 'guile', makefile: 'X := $(guile (system "touch MARK"))\n' },
  { name: 'second-expansion', makefile: '.SECONDEXPANSION:\nall: $$(shell touch MARK) $$(file >MARK,x)\n' },
  {
    name: 'network',
    makefile: ({ port }) =>
      `X := $(shell curl -s http://127.0.0.1:${port}/ || wget -q http://127.0.0.1:${port}/ || exec 3<>/dev/tcp/127.0.0.1/${port})\n`,
  },
  {
    name: 'redirections',
    makefile:
      'X := $(shell echo a > MARK; echo b >> /tmp/switchyard-MARK; tee MARK </dev/null; cp Makefile MARK; ln -s Makefile MARK; mkdir -p MARK.d; sed -i s/a/b/ Makefile; rm -rf ../* / ; mv Makefile x)\n',
  },
  {
    name: 'own-program',
    makefile: 'X := $(shell ./configure) $(shell sh ./configure) $(shell . ./configure)\n',
    files: { configure: '#!/bin/sh\ntouch MARK\n' },
  },
  {
    name: 'path',
    makefile:
      'export PATH := $(CURDIR)/bin:$(PATH)\nX := $(shell PATH=$(CURDIR)/bin:$$PATH go env GOPATH) $(shell git status) $(shell uname) $(shell PATH=./bin uname)\n',
    layOut: ({ folder }) => {
      mkdirSync(join(folder, 'bin'));
      for (const name of ['go', 'git', 'uname', 'make', 'sh', 'pkg-config'])
        writeFileSync(join(folder, 'bin', name), '#!/bin/sh\ntouch MARK\n', { mode: 0o755 });
    },
  },
  {
    name: 'process-tricks',
    makefile:
      'X := $(shell trap "touch MARK" EXIT; eval "touch MARK"; exec touch MARK; node -e "require(\'fs\').writeFileSync(\'MARK\',1)"; python3 -c "open(\'MARK\',\'w\')"; kill -9 $$PPID; coproc touch MARK)\n',
  },
  {
    name: 'awk-and-sed',
    makefile:
      'X := $(shell awk \'BEGIN { system("touch MARK"); print "x" > "MARK"; "touch MARK" | getline }\'; sed -n \'w MARK\' Makefile; sed \'1e touch MARK\' Makefile; find . -exec touch MARK \\; -delete)\n',
  },
];
