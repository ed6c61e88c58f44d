import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMakefile, type ReadRequest } from './read-makefile.ts';
import type { MakeReading } from './reading.ts';
import type { AnswerShell } from './shell-question.ts';

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'reading-'));
  await writeFile(join(root, 'part.mk'), 'part: x\n\techo part\n');
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

const read = (text: string, more: Partial<ReadRequest> = {}): Promise<MakeReading> =>
  readMakefile({ makefile: join(root, 'Makefile'), environment: {}, text, ...more });

const target = (reading: MakeReading, name: string) => reading.targets.find((one) => one.name === name);

describe('a target', () => {
  it('keeps its recipe as written, and says where it stands', async () => {
    const reading = await read('include part.mk\n\nall: ; first $(X)\n\t@second \\\n\t  more\n');
    expect(target(reading, 'all')).toMatchObject({
      recipe: ['first $(X)', '@second \\\n  more'],
      location: { file: 'Makefile', line: 3 },
    });
    expect(target(reading, 'part')?.location).toEqual({ file: 'part.mk', line: 1 });
  });

  it('has the names of its own variables', async () => {
    const reading = await read('all: X = 1\nall: Y += 2\nall:\nonly: Z = 3\n');
    expect(target(reading, 'all')?.variables).toEqual(['X', 'Y']);
    expect(target(reading, 'only')).toBeUndefined();
  });

  it('is there when only .PHONY names it', async () => {
    const reading = await read('.PHONY: b a\na: x\n');
    expect(reading.targets.map(({ name, phony }) => [name, phony])).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });
});

describe('the environment', () => {
  it('is weaker than the makefile, and only what is looked up is told', async () => {
    const reading = await read('A = 1\nB ?= 2\nall: $(A) $(B) $(C) $(D)\n', {
      environment: { A: 'a', B: 'b', C: 'c', SECRET: 's' },
    });
    expect(target(reading, 'all')?.prerequisites).toEqual(['1', 'b', 'c']);
    expect(reading.sources.environment).toEqual({ B: 'b', C: 'c', D: null });
    expect(Object.keys(reading.variables)).toEqual(expect.arrayContaining(['A', 'B', 'C']));
    expect(reading.variables).not.toHaveProperty('SECRET');
    expect(reading.variables['A']).toEqual({ value: '1', flavor: 'recursive', origin: 'file' });
  });
});

describe('the shell', () => {
  const asked: string[] = [];
  const answerShell: AnswerShell = ({ command }) => {
    asked.push(command);
    const answered = command !== 'unknown';
    return Promise.resolve({
      output: answered ? `${command}!\nend\n\n` : '',
      exitCode: answered ? 0 : 127,
      answered,
      files: ['/answered/file'],
      folders: ['/answered'],
    });
  };

  it('is asked once for each command, in order', async () => {
    const text =
      'A := $(shell one)\nB := $(shell $(A))\nC := $(shell one)\nD := $(shell unknown)$(.SHELLSTATUS)\nall: $(B) $(C) $(D)\n';
    const reading = await read(text, { answerShell });
    expect(asked).toEqual(['one', 'one! end', 'unknown']);
    expect(target(reading, 'all')?.prerequisites).toEqual(['one!', 'end!', 'end', '127']);
    expect(reading.unanswered).toEqual([{ command: 'unknown', location: { file: 'Makefile', line: 4 } }]);
    expect(reading.sources.files).toContain('/answered/file');
    expect(reading.sources.folders).toContain('/answered');
  });

  it('is not asked more often than the limit allows', async () => {
    let count = 0;
    const reading = await read('N := 1 2 3 4 5 6 7 8 9\nX := $(foreach n,$N,$(shell echo $n))\nall: $(X)\n', {
      limits: { questions: 3 },
      answerShell: () => {
        count += 1;
        return Promise.resolve({ output: 'x', exitCode: 0, answered: true, files: [], folders: [] });
      },
    });
    expect(count).toBe(3);
    expect(reading.unanswered).toHaveLength(6);
  });

  it('may take no longer than there is time, and may fail', async () => {
    const late = await read('X := $(shell one)\nall: $(X)\n', {
      limits: { totalTime: 50 },
      answerShell: () => Promise.withResolvers<never>().promise,
    });
    expect(late).toMatchObject({ fidelity: 'exact', unanswered: [{ command: 'one' }] });
    const failed = await read('X := $(shell one)\nall: $(X)\n', {
      answerShell: () => Promise.reject(new Error('no')),
    });
    expect(failed.unanswered).toHaveLength(1);
  });

  it('is not asked where SHELL is none', async () => {
    const reading = await read('SHELL := /usr/bin/python3\nX := $(shell print(1))\nall: a\n', {
      answerShell: () => Promise.reject(new Error('asked')),
    });
    expect(reading.unanswered).toHaveLength(1);
  });
});

it('tells what it depends on', async () => {
  const reading = await read('-include part.mk absent.mk\nX := $(wildcard *.mk plain)\n');
  expect(reading.sources.files).toEqual(
    expect.arrayContaining(['Makefile', 'part.mk', 'absent.mk', 'plain'].map((name) => join(root, name))),
  );
  expect(reading.sources.folders).toEqual([root]);
  expect(reading.makefiles).toEqual([join(root, 'Makefile'), join(root, 'part.mk')]);
});

it('tells what a run depends on', async () => {
  const reading = await read(
    '.ONESHELL:\nexport A B\nall: a .WAIT b\nifneq (,$(MAKECMDGOALS))\nendif\nexport\n',
  );
  expect(reading.features).toEqual({ notParallel: true, readsGoals: true, oneShell: true });
  expect(reading.exported).toEqual(['*', 'A', 'B']);
});

describe('where reading stops', () => {
  it('keeps what it knew, and adds the literal rules behind', async () => {
    const reading = await read(
      'X = a\n.PHONY: later\n$(X).x: y\n$(error no)\nlater other:: dep | order ; recipe\n\tmore\ndefine D\nnot: this\nendef\ninclude part.mk\n',
    );
    expect(reading.fidelity).toBe('approximate');
    expect(reading.problem).toBe('Makefile:4: *** no.  Stop.');
    expect(reading.targets.map(({ name }) => name)).toEqual(['a.x', 'later', 'other', 'part']);
    expect(target(reading, 'later')).toMatchObject({
      phony: true,
      prerequisites: ['dep'],
      orderOnly: ['order'],
      recipe: ['recipe', 'more'],
      location: { file: 'Makefile', line: 5 },
    });
    expect(reading.defaultGoal).toBe('a.x');
  });

  it('says that make would build a makefile first', async () => {
    const reading = await read('include config.mk\nconfig.mk:\n\ttouch $@\nall: b\n');
    expect(reading).toMatchObject({
      fidelity: 'approximate',
      problem: 'Makefile:1: config.mk is not there; make would build it and read again.',
    });
    expect(target(reading, 'all')?.prerequisites).toEqual(['b']);
  });
});

it('has what make 4.4 adds', async () => {
  const reading = await read('X :::= $$a\nall: $(let a b,1 2 3,$b-$a) $(intcmp 2,10,less,same,more)\n');
  expect(target(reading, 'all')?.prerequisites).toEqual(['2', '3-1', 'less']);
});

describe('an optional include that a rule makes', () => {
  it('is listed, because make would run that rule and read again', async () => {
    const reading = await read('-include deps.mk other.mk\ndeps.mk:\n\t./configure > $@\n');
    expect(reading.unanswered).toEqual([
      { command: 'make deps.mk (an included makefile)', location: { file: 'Makefile', line: 1 } },
    ]);
  });
});
