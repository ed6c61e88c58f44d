import { describe, expect, it } from 'vitest';
import { infer } from './infer.fixture.ts';

it('locks come with what runs inside a task, and not with tasks of their own', async () => {
  const text = [
    '.PHONY: test lint verify up _seed',
    'up: ## @lock(compose:api-test)\n\tup',
    '_seed: ## @lock(db, cache:shared)\n\tseed',
    'lint: ## @lock(log)\n\tlint',
    'test: up _seed ## @lock(db)\n\ttest',
    'verify: lint test\n\tverify',
  ].join('\n');
  const found = await infer(`${text}\n`);
  expect(found['test']).toMatchObject({
    locks: ['cache:shared', 'compose:api-test', 'db'],
    preparations: ['up'],
  });
  expect(found['verify']).toMatchObject({ locks: [], dependsOn: ['lint', 'test'] });
});

const locksIn = async (lines: readonly string[]) =>
  Object.fromEntries(
    Object.entries(await infer(`${lines.join('\n')}\n`)).map(([name, { locks }]) => [name, locks]),
  );

describe('a hidden recipe below several targets', () => {
  const gen = ['.PHONY: lint test clean _gen', '_gen:\n\tgen', 'clean:\n\tclean'];

  it('needs no lock where it is a preparation of all of them', async () => {
    expect(await locksIn([...gen, 'lint: _gen\n\tlint', 'test: _gen\n\ttest'])).toEqual({
      clean: [],
      lint: [],
      test: [],
    });
  });

  it('is locked where make is given one of them whole', async () => {
    const lines = ['lint: _gen\n\tlint', 'test: _gen\n\ttest', 'check: _gen clean _gen\n\tcheck'];
    expect(await locksIn([...gen, '.PHONY: check', ...lines])).toMatchObject({
      lint: [],
      test: [],
      check: ['make:./_gen'],
    });
  });

  it('is locked where two preparations come to it', async () => {
    const lines = [
      '.PHONY: one other',
      'one: _gen\n\tone',
      'other: _gen\n\tother',
      'lint: one\n\tlint',
      'test: other\n\ttest',
    ];
    expect(await locksIn([...gen, ...lines])).toEqual({
      clean: [],
      one: [],
      other: [],
      lint: ['make:./_gen', 'make:./one'],
      test: ['make:./_gen', 'make:./other'],
    });
  });

  it('is not locked by what runs on and on', async () => {
    const lines = ['.PHONY: serve', 'serve: VAR = 1', 'serve: _gen\n\tserve', 'test: _gen\n\ttest'];
    expect(await locksIn([...gen, ...lines])).toMatchObject({ serve: [], test: [] });
  });
});
