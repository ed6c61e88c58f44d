import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CasePlace, HostileCase } from '../hostile-case.ts';

const many = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('');
const link =
  (name: string, to: string): ((place: CasePlace) => void) =>
  ({ folder }) => {
    symlinkSync(to, join(folder, name));
  };
const fifos =
  (...names: string[]): ((place: CasePlace) => void) =>
  ({ folder }) => {
    for (const name of names) spawnSync('mkfifo', [join(folder, name)]);
  };
const include = (name: string, path: string): HostileCase => ({
  name: `include-${name}`,
  makefile: `-include ${path}\nX := $(file <${path})\n`,
});
const secretLines = (path: string): string =>
  `-include ${path}\nS := $(file <${path})\n$(S): ; echo $(S)\nT := $(shell cat ${path})\n$(T): ; echo\nT2 := $(shell . ${path}; cp ${path} x; cat x)\n$(T2):; echo\nlist: $(wildcard ${path}* ${path.replace(/\/[^/]*$/, '')}/*)\n\techo\n`;

/** What stands where a Makefile should, or where it wants to read. */
export const fileCases: readonly HostileCase[] = [
  include('zero', '/dev/zero'),
  include('stdin', '/dev/stdin'),
  include('random', '/dev/urandom'),
  include('tty', '/dev/tty'),
  include('kernel-messages', '/proc/kmsg'),
  include('memory', '/proc/self/mem'),
  include('core', '/proc/kcore'),
  include('environment', '/proc/self/environ'),
  include('shadow', '/etc/shadow'),
  include('folder', '/'),
  { name: 'include-itself', makefile: 'include $(lastword $(MAKEFILE_LIST))\n' },
  {
    name: 'include-ping-pong',
    makefile: 'include a.mk\n',
    files: { 'a.mk': 'include b.mk\n', 'b.mk': 'include a.mk\n' },
  },
  { name: 'include-asked', makefile: 'include $(shell echo Makefile)\n' },
  {
    name: 'include-fan',
    makefile: 'include a.mk a.mk\n',
    files: {
      'a.mk': 'N := $(N)x\n-include b.mk b.mk\n',
      'b.mk': 'include c.mk c.mk\n',
      'c.mk': 'include a.mk a.mk\n',
    },
  },
  { name: 'include-fifo', makefile: 'include fifo\n', layOut: fifos('fifo') },
  { name: 'include-all', makefile: 'include *\n', layOut: fifos('fifo') },
  {
    name: 'manifest-fifos',
    makefile: '',
    layOut: fifos('package.json', 'pyproject.toml', 'go.mod', 'Cargo.toml', '.env'),
  },
  { name: 'makefile-fifo', unreadable: true, layOut: fifos('Makefile') },
  {
    name: 'makefile-folder',
    unreadable: true,
    layOut: ({ folder }) => {
      mkdirSync(join(folder, 'Makefile'));
    },
  },
  { name: 'makefile-loop', unreadable: true, layOut: link('Makefile', 'Makefile') },
  { name: 'makefile-dangling', unreadable: true, layOut: link('Makefile', 'nowhere') },
  { name: 'makefile-shadow', unreadable: true, layOut: link('Makefile', '/etc/shadow') },
  { name: 'makefile-kernel-messages', unreadable: true, layOut: link('Makefile', '/proc/kmsg') },
  {
    name: 'makefile-secret',
    unreadable: true,
    layOut: (place) => {
      link('Makefile', place.secret)(place);
    },
  },
  { name: 'makefile-zero', unreadable: true, layOut: link('Makefile', '/dev/zero') },
  {
    name: 'link-circles',
    makefile:
      'X := $(wildcard */*/*/*/*/*/*/*/*/*/*/*/*/*/*) $(shell find -L . -name x) $(shell ls -R) $(shell find . -follow)\n',
    layOut: ({ folder }) => {
      for (const name of ['a', 'b', 'c']) symlinkSync('.', join(folder, name));
    },
  },
  { name: 'secret', makefile: ({ secret }) => secretLines(secret) },
  {
    name: 'secret-link',
    makefile: secretLines('./link/../link'),
    layOut: (place) => {
      link('link', place.secret)(place);
    },
  },
  {
    name: 'secret-folder-link',
    makefile: secretLines('folder/secret.mk'),
    layOut: (place) => {
      link('folder', join(place.secret, '..'))(place);
    },
  },
  {
    name: 'secret-manifests',
    makefile: '',
    layOut: (place) => {
      for (const name of ['pyproject.toml', 'go.mod']) link(name, place.secret)(place);
    },
  },
  {
    name: 'secret-tools',
    makefile: ({ secret }) =>
      `X := $(shell PATH=$(CURDIR)/bin:$$PATH GOENV=${secret} go env TOKEN)\n$(X): ; echo\nY := $(shell GOENV=${secret} bin/go env TOKEN)\nall: $(Y)\n`,
    layOut: ({ folder }) => {
      mkdirSync(join(folder, 'bin'));
      writeFileSync(join(folder, 'bin/go'), '', { mode: 0o755 });
    },
  },
  {
    name: 'rules-10-mb',
    makefile: many(300_000, (at) => `rule-number-${at}: prerequisite-${at}\n`),
    unreadable: true,
  },
  { name: 'comments-10-mb', makefile: '# comment\n'.repeat(1_000_000), unreadable: true },
  { name: 'comments-3-mb', makefile: '# comment\n'.repeat(300_000) },
  {
    name: 'line-100-mb',
    layOut: ({ folder }) => {
      writeFileSync(join(folder, 'Makefile'), Buffer.alloc(100_000_000, 'a '));
    },
    unreadable: true,
  },
  { name: 'line-30-mb', makefile: `X := ${'a '.repeat(15_000_000)}\n`, unreadable: true },
  {
    name: 'blanks-20-mb',
    makefile: `X${' '.repeat(10_000_000)}\nall:${' '.repeat(10_000_000)}\n`,
    unreadable: true,
  },
  { name: 'blanks-3-mb', makefile: `${`X${' '.repeat(60_000)}\nall:${' '.repeat(60_000)}\n`.repeat(25)}` },
  {
    name: 'targets-in-a-line',
    makefile: `${'a'.repeat(10)} ${many(200_000, (at) => `t${at} `)}: b\n\techo\n`,
  },
  {
    name: 'sparse',
    layOut: ({ folder }) => {
      writeFileSync(join(folder, 'Makefile'), '');
      truncateSync(join(folder, 'Makefile'), 50_000_000_000);
    },
    unreadable: true,
  },
  { name: 'nul', makefile: 'X := a\0b\nall: ; echo \0\n', unreadable: true },
  { name: 'late-nul', makefile: `${'# c\n'.repeat(5000)}a: b\0c\n` },
  {
    name: 'invalid-utf-8',
    layOut: ({ folder }) => {
      writeFileSync(
        join(folder, 'Makefile'),
        Buffer.concat([
          Buffer.from([0xff, 0xfe, 0x80, 0x0a]),
          Buffer.from('X := '),
          Buffer.alloc(1000, 0xc3),
          Buffer.from('\n.PHONY: there\nthere: literal\n'),
        ]),
      );
    },
  },
  { name: 'crlf', makefile: 'X = 1\r\nall: a\\\r\n b\r\n\techo\r\n' },
  { name: 'carriage-returns', makefile: 'all:\r\r\r\n\techo\r\n' },
  { name: 'bom', makefile: '\ufeffall: a\n\techo\n' },
  {
    name: 'utf-16',
    layOut: ({ folder }) => {
      writeFileSync(join(folder, 'Makefile'), Buffer.from('\ufeffall: a\n', 'utf16le'));
    },
    unreadable: true,
  },
];
