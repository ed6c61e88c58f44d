import { expect, test } from 'vitest';

import { differences, repeated, secondRunDifferences } from './differences.ts';
import type { RandomMakefile, Rule } from './random-makefile.ts';

const rule = (
  name: string,
  sort: Rule['sort'],
  prerequisites: string[],
  recipe: Rule['recipe'] = 'notes',
): Rule => ({
  name,
  sort,
  phony: true,
  doubleColon: false,
  prerequisites,
  orderOnly: [],
  recipe,
});

const makefile: RandomMakefile = {
  seed: 0,
  goal: 'verify',
  notParallel: false,
  rules: [
    rule('lint', 'check', []),
    rule('up', 'action', []),
    rule('test', 'check', ['up']),
    rule('verify', 'check', ['lint', 'test']),
  ],
};
const ran = (...recipes: string[]): { succeeded: boolean; recipes: string[]; hits: string[] } => ({
  succeeded: true,
  recipes,
  hits: [],
});

test('an order that make -j could have taken is no difference', () => {
  expect(
    differences(makefile, ran('lint', 'up', 'test', 'verify'), ran('up', 'test', 'lint', 'verify')),
  ).toEqual([]);
});

test('a repeated recipe is told apart', () => {
  expect(repeated(ran('up', 'test', 'up', 'verify'))).toEqual(['up']);
});

test('a missing, an extra and an early recipe are differences', () => {
  expect(
    differences(makefile, ran('lint', 'up', 'test', 'verify'), ran('test', 'up', 'up', 'verify', 'down')),
  ).toEqual(['nx did not run: lint', 'nx ran as well: down', 'nx ran test before up, which it needs']);
});

test('after a failure, what depends on it must not run', () => {
  const failing = { ...makefile, rules: [rule('lint', 'check', [], 'fails'), ...makefile.rules.slice(1)] };
  const make = { succeeded: false, recipes: ['lint'] };
  expect(differences(failing, make, { succeeded: false, recipes: ['up', 'lint', 'test'] })).toEqual([]);
  expect(differences(failing, make, { succeeded: false, recipes: ['lint', 'verify'] })).toEqual([
    'nx ran verify though lint failed',
  ]);
  expect(differences(failing, make, { succeeded: true, recipes: ['up'] })).toEqual([
    'make failed and nx succeeded',
    'nx failed without running a recipe that fails',
  ]);
});

test('a second run of a check runs nothing', () => {
  const first = ran('lint', 'up', 'test', 'verify');
  expect(secondRunDifferences(makefile, first, { ...ran(), hits: ['lint', 'test', 'verify'] })).toEqual([]);
  expect(secondRunDifferences(makefile, first, { ...ran('up'), hits: ['lint', 'test', 'verify'] })).toEqual([
    'all was cached, and nx ran again: up',
  ]);
});
