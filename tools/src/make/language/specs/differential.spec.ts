import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMakefile } from '../../read-makefile.ts';
import type { AnswerShell } from '../../shell-question.ts';
import { readRules, realRules } from './make-rules.ts';
import { snippets } from './snippets.ts';

const environment = { PATH: process.env['PATH'] ?? '', HOME: '/home/somebody', LC_ALL: 'C' };

// The snippets are our own, so a real shell may answer here.
const realShell: AnswerShell = ({ command, folder, environment: env }) => {
  const output = execFileSync('/bin/sh', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
  return Promise.resolve({ output, exitCode: 0, answered: true, files: [], folders: [] });
};

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'language-'));
  await mkdir(join(root, 'sub'));
  for (const name of ['a.src', 'b.src', '.hidden.src', 'sub/x', 'sub/y'])
    await writeFile(join(root, name), '');
  await writeFile(join(root, 'inc.mk'), 'FROM_INC = i j\nincluded: k\n');
  await writeFile(join(root, 'x.inc'), 'X_INC := 1\n');
  await writeFile(join(root, 'inc.txt'), 'l m\n');
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('agrees with GNU make on', () => {
  it.each(Object.entries(snippets))('%s', async (name, text) => {
    const makefile = join(root, `${name.replaceAll(/\W/g, '-')}.mk`);
    await writeFile(makefile, text);
    const reading = await readMakefile({ makefile, environment, answerShell: realShell });
    const ours = readRules(reading);
    const theirs = await realRules(makefile, environment);
    if (theirs.problem !== '') expect(ours.problem).toBe(theirs.problem);
    else expect(ours).toEqual(theirs);
  });
});
