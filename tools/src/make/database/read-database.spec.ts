import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MakeReading, MakeTarget } from '../reading.ts';
import { readDatabase } from './index.ts';

const environment = { PATH: process.env['PATH'] ?? '', HOME: tmpdir() };

interface Folder extends AsyncDisposable {
  readonly path: string;
}

async function createFolder(files: Readonly<Record<string, string>>): Promise<Folder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'database-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

async function read(text: string, files: Readonly<Record<string, string>> = {}): Promise<MakeReading> {
  await using folder = await createFolder({ ...files, Makefile: text });
  return await readDatabase({ makefile: path.join(folder.path, 'Makefile'), environment });
}

function target(reading: MakeReading, name: string): MakeTarget {
  const found = reading.targets.find((one) => one.name === name);
  if (found === undefined)
    throw new Error(`no target ${name} among ${reading.targets.map((one) => one.name).join()}`);
  return found;
}

const names = (reading: MakeReading): string[] => reading.targets.map((one) => one.name);

describe('targets', () => {
  test('carry prerequisites, order-only ones, phony, recipe and place, in the order of the Makefile', async () => {
    const reading = await read(
      '.PHONY: all\nall: b a | dir ; @echo hi\n\t@echo there\nb:\n\ttouch b\na dir:\n',
    );
    expect(reading.fidelity).toBe('exact');
    expect(reading.defaultGoal).toBe('all');
    expect(names(reading)).toEqual(['all', 'b', 'a', 'dir']);
    expect(target(reading, 'all')).toEqual({
      name: 'all',
      phony: true,
      prerequisites: ['b', 'a'],
      orderOnly: ['dir'],
      recipe: [' @echo hi', '@echo there'],
      doubleColon: false,
      variables: [],
      location: { file: 'Makefile', line: 2 },
    });
    expect(target(reading, 'a').location).toEqual({ file: 'Makefile', line: 6 });
  });

  test('leave out special targets, pattern rules, suffix rules and names that are only mentioned', async () => {
    const reading = await read(
      '.ONESHELL:\n.SUFFIXES: .foo\n%.o: %.c\n\tcc\n.c.o:\n\tcc\n.foo.c:\n\techo\n.env: other\n\ttouch $@\n',
    );
    expect(names(reading)).toEqual(['.env']);
    expect(reading.features.oneShell).toBe(true);
    expect(reading).not.toHaveProperty('defaultGoal');
  });

  test('may hold blanks, colons, hashes, dollars and percent signs', async () => {
    const reading = await read('sp\\ ace: dep\\ 1 x\\#y\nb\\:c: d\nx\\#y:\nd$$x: y$$z\np\\%q: sp\\ ace\n');
    expect(names(reading).sort()).toEqual(['b:c', 'd$x', 'p%q', 'sp ace', 'x#y']);
    expect(target(reading, 'sp ace').prerequisites).toEqual(['dep 1', 'x#y']);
    expect(target(reading, 'p%q').prerequisites).toEqual(['sp ace']);
  });

  test('of double-colon rules are merged, their recipes in order', async () => {
    const reading = await read('a:: x\n\techo 1\na:: y x\n\techo 2\na::\n');
    expect(target(reading, 'a')).toMatchObject({
      doubleColon: true,
      prerequisites: ['x', 'y'],
      recipe: ['echo 1', 'echo 2'],
    });
  });

  test('that only .PHONY names are targets', async () => {
    const reading = await read('.PHONY: only\nall: only\n');
    expect(target(reading, 'only').phony).toBe(true);
  });

  test('name the variables that are theirs alone, whatever these hold', async () => {
    const reading = await read(
      'define M :=\nl1\n\tl2\nendef\nt: V := $(M)\nt: private W += 2\nt: x\n\techo\nu: Z = 1\n',
    );
    expect([...target(reading, 't').variables].sort()).toEqual(['V', 'W']);
    expect(target(reading, 't').recipe).toEqual(['echo']);
    expect(names(reading)).toEqual(['t']);
  });

  test('of $(eval), define, static patterns and grouped rules are there', async () => {
    const reading = await read(
      'define R\n$(1): $(2)\n\techo $$@\nendef\n$(eval $(call R,one,two))\nx.o y.o: %.o: %.c\n\tcc\ng1 g2 &: one\n\tgen\n',
    );
    expect(names(reading).sort()).toEqual(['g1', 'g2', 'one', 'x.o', 'y.o']);
    expect(target(reading, 'one')).toMatchObject({ prerequisites: ['two'], recipe: ['echo $@'] });
    expect(target(reading, 'y.o').prerequisites).toEqual(['y.c']);
    expect(target(reading, 'g2').recipe).toEqual(['gen']);
  });

  test('keep joined recipe lines together and unexpanded', async () => {
    const reading = await read('a:\n\techo $(X) \\\n\t  more \\\\\n\techo $$y\n');
    expect(target(reading, 'a').recipe).toEqual(['echo $(X) \\\n  more \\\\', 'echo $$y']);
  });

  test('are not the makefiles that a rule for anything matches', async () => {
    const reading = await read('all:\n%: FORCE\n\techo $@\nFORCE:\n-include gone.mk\n');
    expect(names(reading)).toEqual(['all', 'FORCE']);
  });

  test('with a second expansion show what it gives', async () => {
    const reading = await read('A = q\n.SECONDEXPANSION:\ns: $$(A)z | $$(A)\n');
    expect(target(reading, 's')).toMatchObject({ prerequisites: ['qz'], orderOnly: ['q'] });
  });
});

describe('variables', () => {
  test('carry value, flavour and origin, without those that make brings itself', async () => {
    const reading = await read(
      'A = $(B) x\nS := a$$b\nE =\ndefine M\n1\n2\nendef\ndefine N :=\n1\n2\nendef\noverride O = o\nW := $(E) $(E)\n',
    );
    expect(reading.variables).toMatchObject({
      A: { value: '$(B) x', flavor: 'recursive', origin: 'file' },
      S: { value: 'a$b', flavor: 'simple', origin: 'file' },
      E: { value: '', flavor: 'recursive', origin: 'file' },
      M: { value: '1\n2', flavor: 'recursive', origin: 'file' },
      N: { value: '1\n2', flavor: 'simple', origin: 'file' },
      O: { value: 'o', origin: 'file' },
      W: { value: ' ', flavor: 'simple' },
      HOME: { value: tmpdir(), origin: 'environment' },
    });
    expect(Object.keys(reading.variables)).not.toContain('CC');
    expect(Object.keys(reading.variables)).not.toContain('CURDIR');
    expect(Object.keys(reading.variables)).not.toContain('LC_ALL');
  });

  test('see goals, flags and level as a plain run does', async () => {
    const reading = await read(
      'SEEN := [$(MAKECMDGOALS)][$(MAKEFLAGS)][$(MAKELEVEL)][$(origin MAKECMDGOALS)]\nexport SEEN\na:\n',
    );
    expect(reading.variables['SEEN']?.value).toBe('[][][0][undefined]');
    expect(reading.exported).toEqual(['SEEN']);
    expect(reading.features.readsGoals).toBe(true);
  });

  test('of the environment that are referenced are named in the sources', async () => {
    const reading = await read('A = $(HOME) $(NOT_SET) $(CC) ${B}\nB ?= 1\nifdef CI\nendif\n');
    expect(reading.sources.environment).toEqual({ HOME: tmpdir(), NOT_SET: null, CI: null });
  });
});

describe('files', () => {
  test('included ones are in order, missing optional ones are sources', async () => {
    const reading = await read('include sub/*.mk\n-include gone.mk\nall:\n', {
      'sub/b.mk': 'b:\n\techo',
      'sub/a.mk': '',
    });
    const folder = path.dirname(reading.makefile);
    expect(reading.makefiles.map((file) => path.relative(folder, file))).toEqual([
      'Makefile',
      'sub/a.mk',
      'sub/b.mk',
    ]);
    expect(reading.sources.files).toContain(path.join(folder, 'gone.mk'));
    expect(target(reading, 'b').location).toEqual({ file: 'sub/b.mk', line: 1 });
  });

  test('what the Makefile prints while it is read does not disturb', async () => {
    const reading = await read(
      '$(info # Files)\n$(info a: b)\n$(info # Make data base, printed on x)\nall:\n',
    );
    expect(names(reading)).toEqual(['all']);
  });

  test('no recipe runs, not even one with a plus or through a rule that matches anything', async () => {
    await using folder = await createFolder({
      Makefile:
        'all: FORCE\n\t+touch ran\n%: FORCE\n\t+touch ran-$@\nFORCE: ;\nMakefile: ;\n.DEFAULT:\n\t+touch default\n',
    });
    const reading = await readDatabase({ makefile: path.join(folder.path, 'Makefile'), environment });
    expect(names(reading)).toEqual(['all', 'FORCE', 'Makefile']);
    expect(reading.fidelity).toBe('exact');
    const again = await readDatabase({ makefile: path.join(folder.path, 'ran'), environment });
    expect(again).toMatchObject({
      fidelity: 'unreadable',
      problem: `${path.join(folder.path, 'ran')} is not a file.`,
    });
  });

  test('100,000 rules are read', async () => {
    const rules = Array.from({ length: 100_000 }, (_, index) => `t${index}: a b\n\techo ${index}\n`).join('');
    const reading = await read(rules);
    expect(reading.targets).toHaveLength(100_000);
    expect(reading.targets[1]?.name).toBe('t1');
  });
});

describe('what goes wrong', () => {
  test("is told with make's message, and the targets up to there are kept", async () => {
    const reading = await read('a: b\n\techo\n$(error bad thing)\nc:\n');
    expect(reading).toMatchObject({ fidelity: 'approximate', problem: 'Makefile:3: *** bad thing.  Stop.' });
    expect(names(reading)).toEqual(['a']);
  });

  test('a missing include is a problem', async () => {
    const reading = await read('a:\ninclude gone.mk\n');
    expect(reading.problem).toBe("make: *** No rule to make target 'gone.mk'.  Stop.");
  });

  test('a Makefile that takes too long is unreadable', async () => {
    await using folder = await createFolder({ Makefile: 'X := $(shell exec sleep 600)\n' });
    const makefile = path.join(folder.path, 'Makefile');
    const reading = await readDatabase({ makefile, environment, timeout: 200 });
    expect(reading).toMatchObject({ fidelity: 'unreadable', targets: [] });
    expect(reading.problem).toBe(`make did not finish reading ${makefile} in 200 ms.`);
  });

  test('a machine without make gets told how to install it', async () => {
    await using folder = await createFolder({ Makefile: 'all:\n' });
    const reading = await readDatabase({
      makefile: path.join(folder.path, 'Makefile'),
      environment: { PATH: folder.path },
    });
    expect(reading.problem).toMatch(/^make was not found\. Install GNU make/);
  });
});
