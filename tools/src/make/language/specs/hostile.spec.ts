import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMakefile } from '../../read-makefile.ts';
import type { MakeReading } from '../../reading.ts';

let root = '';
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hostile-'));
  execFileSync('mkfifo', [join(root, 'fifo')]);
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

async function read(text: string, name = `Makefile.${String((count += 1))}`): Promise<MakeReading> {
  await writeFile(join(root, name), text);
  return readMakefile({ makefile: join(root, name), environment: {} });
}

describe('starts and writes nothing for', () => {
  it.each([
    ['a shell call', 'X := $(shell touch MARK)\n'],
    ['an assignment from the shell', 'X != touch MARK\n'],
    ['a written file', '$(file >MARK,x)\n'],
    ['an appended file', '$(file >>MARK,x)\n'],
    ['a recipe that runs always', 'all:\n\t+touch MARK\n\t$(MAKE) x; touch MARK\n.DEFAULT:\n\ttouch MARK\n'],
    ['a makefile that can be built', 'include MARK\nMARK:\n\ttouch MARK\n'],
    ['a loaded object', 'load ./evil.so\n'],
    ['guile', '$(guile (system "touch MARK"))\n'],
    ['a second expansion', '.SECONDEXPANSION:\nall: $$(shell touch MARK)\n'],
    ['another shell', 'SHELL = touch\n.SHELLFLAGS = MARK\nX := $(shell x)\n'],
  ])('%s', async (_name, text) => {
    const mark = join(root, 'mark');
    const reading = await read(text.replaceAll('MARK', mark) + 'there: a\n');
    expect(existsSync(mark)).toBe(false);
    expect(reading.targets.map(({ name }) => name)).toContain('there');
  });
});

const doubled = `X0 = xxxxxxxxxx\n${Array.from({ length: 60 }, (_, at) => `X${at + 1} = $(X${at})$(X${at})\n`).join('')}`;

describe('ends in time, and finds the literal rule, for', () => {
  it.each([
    ['doubled text', `${doubled}Y := $(X60)\n`],
    ['doubled text that is empty', `${doubled.replace('xxxxxxxxxx', '')}Y := $(X60)\n`],
    [
      'nested loops',
      'L := 1 2 3 4 5 6 7 8 9 0\nF = $(foreach a,$L,$(foreach b,$L,$(foreach c,$L,$1)))\nX := $(call F,$(call F,$(call F,$(call F,x))))\n',
    ],
    [
      'loops that make nothing',
      'L := 1 2 3 4 5 6 7 8 9 0\nX := $(foreach a,$L,$(foreach b,$L,$(foreach c,$L,$(foreach d,$L,$(foreach e,$L,$(foreach f,$L,$(foreach g,$L,$(foreach h,$L,))))))))\n',
    ],
    ['endless recursion', 'f = $(call f,$1 x)\nX := $(call f,a)\n'],
    [
      'recursion that branches',
      'f = $(if $1,$(call f,$(wordlist 2,99,$1))$(call f,$(wordlist 2,99,$1)))\nX := $(call f,1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0)\n',
    ],
    ['an eval that evaluates itself', 'define X\n$(eval $(value X))\nendef\n$(eval $(value X))\n'],
    ['an eval that grows', 'define X\nA := $$(A)$$(A)y\n$$(eval $$(X))\nendef\n$(eval $(X))\n'],
    ['deep brackets', `X := ${'$('.repeat(100_000)}a${')'.repeat(100_000)}\n`],
    ['deep calls', `X := ${'$(strip '.repeat(20_000)}a${')'.repeat(20_000)}\n`],
    ['a device', 'include /dev/zero\n'],
    ['a pipe', 'include fifo\n'],
    ['a file that includes itself', 'include $(lastword $(MAKEFILE_LIST))\n'],
    ['a walk through the disk', 'X := $(wildcard /*/*/*/*/*/*/*/*/*)\n'],
    ['a walk in circles', `X := $(wildcard ${'/*/..'.repeat(12)})\n`],
    ['pattern with many stars', `X := $(wildcard ${'*a'.repeat(2000)})\n`],
    [
      'many appends',
      'L := 1 2 3 4 5 6 7 8 9 0\nX := $(foreach a,$L,$(foreach b,$L,$(foreach c,$L,$(foreach d,$L,$(foreach e,$L,$(eval Y += aaaaaaaa))))))\n',
    ],
    ['backslashes', `a${'\\'.repeat(500_000)}:b\nX := $(error stop)\n`],
  ])('%s', async (_name, text) => {
    const start = performance.now();
    const reading = await read(`${text}\nthere: literal\n`);
    expect(performance.now() - start).toBeLessThan(4500);
    const found = reading.targets.find(({ name }) => name === 'there');
    expect(found?.prerequisites).toEqual(['literal']);
    if (reading.fidelity !== 'exact') expect(reading.problem).toMatch(/Stop\.$|Reading stopped/);
  });
});

it('does not read what is not a text', async () => {
  const reading = await read('\0\0\0ELF', 'binary');
  expect(reading).toMatchObject({ fidelity: 'unreadable', targets: [] });
  const missing = await readMakefile({ makefile: join(root, 'nowhere'), environment: {} });
  expect(missing).toMatchObject({ fidelity: 'unreadable', targets: [] });
  const fifo = await readMakefile({ makefile: join(root, 'fifo'), environment: {} });
  expect(fifo).toMatchObject({ fidelity: 'unreadable', targets: [] });
});
