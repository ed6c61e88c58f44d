import { expect, it } from 'vitest';
import { parseJournal } from './journal.ts';
import { judge } from './judge.ts';

const judged = (lines: readonly string[], killed: readonly string[] = []) =>
  judge(parseJournal(lines.map((line, index) => `${line} ${index * 1_000_000}\n`).join('')), new Set(killed));

it('finds an exclusive lock that two have at the same time', () => {
  const lines = ['acquire 1.0 db exclusive', 'acquire 2.0 db exclusive'];
  expect(judged(lines).violations).toEqual(['line 2: 2.0 has db (exclusive) while 1.0 has it']);
});

it.each([
  ['was given back', ['acquire 1.0 db exclusive', 'release 1.0 db exclusive', 'acquire 2.0 db shared']],
  ['is another one', ['acquire 1.0 db exclusive', 'acquire 2.0 log exclusive']],
  ['is shared', ['acquire 1.0 db shared', 'acquire 2.0 db shared']],
])('finds nothing wrong with a lock that %s', (_, lines) => {
  expect(judged(lines)).toMatchObject({ acquisitions: 2, violations: [] });
});

it('takes the locks of a killed process for free, unless it went on', () => {
  const lines = ['acquire 1.0 db exclusive', 'acquire 2.0 db exclusive'];
  expect(judged(lines, ['1']).violations).toEqual([]);
  expect(judged([...lines, 'release 1.0 db exclusive'], ['1']).violations).toHaveLength(1);
});

it('measures how long was waited, and who came before though he asked later', () => {
  const lines = [
    'ask 1.0 db exclusive',
    'ask 2.0 db exclusive',
    'acquire 2.0 db exclusive',
    'release 2.0 db exclusive',
    'acquire 1.0 db exclusive',
  ];
  expect(judged(lines)).toMatchObject({ waits: [1, 4], overtakes: 1 });
});

it('does not count a line that was never finished', () => {
  expect(parseJournal('acquire 1.0 db exclusive 5\nacquire 2.0 db excl')).toHaveLength(1);
});
