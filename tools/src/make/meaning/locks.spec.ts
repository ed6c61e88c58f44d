import { expect, it } from 'vitest';
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
