import { expect, it } from 'vitest';
import { readLockWish } from './read-lock-wish.ts';

it.each([
  ['db', 'db', 'exclusive'],
  ['db:exclusive', 'db', 'exclusive'],
  ['cache:shared', 'cache', 'shared'],
  ['compose:api-test', 'compose:api-test', 'exclusive'],
  ['compose:api-test:shared', 'compose:api-test', 'shared'],
  ['./gen', './gen', 'exclusive'],
])('%s', (text, name, mode) => {
  expect(readLockWish(text)).toEqual({ name, mode });
});

it('port:5432:shared=api-dev', () => {
  const wish = { name: 'port:5432', mode: 'shared', group: 'api-dev' };
  expect(readLockWish('port:5432:shared=api-dev')).toEqual(wish);
});

it.each(['', ' ', ':shared'])('%j names no lock', (text) => {
  expect(readLockWish(text)).toBeUndefined();
});
