import { expect, it } from 'vitest';
import { waitingMessage } from './waiting-message.ts';

it('says which lock is waited for, who holds it, and for how long', () => {
  const holder = { command: 'nx test jobs', pid: 4711, since: 1_000_000 };
  expect(waitingMessage('compose:api-test', holder, 1_012_300)).toBe(
    'waiting for compose:api-test, held by `nx test jobs`, pid 4711, 12 s',
  );
  expect(waitingMessage('db', { ...holder, command: '' }, 1_000_000 + 5 * 60_000)).toBe(
    'waiting for db, held by pid 4711, 5 min',
  );
  expect(waitingMessage('db', holder, 1_000_000 + 3 * 3_600_000)).toContain('pid 4711, 3 h');
  expect(waitingMessage('db', holder, 900_000)).toContain('pid 4711, 0 s');
});
