import { expect, it } from 'vitest';
import { readLaunchOptions } from './launch-options.ts';

const place = { workspace: '/work', projectRoot: 'api', name: 'api:test' };

it('reads locks', () => {
  const options = { target: 'test', locks: ['db', 'cache:shared'] };
  expect(readLaunchOptions(options, place, [])).toMatchObject({
    kind: 'task',
    task: {
      locks: [
        { name: 'db', mode: 'exclusive' },
        { name: 'cache', mode: 'shared' },
      ],
    },
  });
  expect(readLaunchOptions({ target: 'test', locks: [''] }, place, [])).toEqual({
    kind: 'unusable',
    message: 'api:test: the lock "" has no name. Write db, or db:shared.',
  });
});
