import { expect, test } from 'vitest';

import { tasksIn } from './task-report.ts';

test('reads what ran, what came from the cache, what failed and what was left', () => {
  expect(
    tasksIn(`
 NX  Running targets lint, verify for 2 projects:

- a
- b

✔  nx run a:lint  [local cache]
✔  nx run a:docs:check
✔  nx run b:lint --dry-run
> nx run b:docs/build  [existing outputs match the cache, left as is]
✖  nx run b:test

 NX  Running targets lint, verify for 2 projects failed

Tasks not run because their dependencies failed or --nx-bail=true:

- b:verify

Failed tasks:

- b:test
`),
  ).toEqual({
    'a:lint': 'hit',
    'a:docs:check': 'ran',
    'b:lint': 'ran',
    'b:docs/build': 'hit',
    'b:test': 'failed',
    'b:verify': 'not run',
  });
});
