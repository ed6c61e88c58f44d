import { expect, it } from 'vitest';
import { formatDuration, parseDuration, readOverrides } from './index.ts';

const message = (name: string) => {
  const overrides = readOverrides('api:test', { [name]: 'x' }, ['dry-run', 'timeout']);
  return overrides.kind === 'unknown-option' ? overrides.message : '';
};

it('makes variables of upper-case options', () => {
  const options = { TEST_PATH: 'tests/unit', ARGS: '-k foo', N2: 3, ON: true, LIST: ['a', 'b'] };
  const variables = { TEST_PATH: 'tests/unit', ARGS: '-k foo', N2: '3', ON: 'true', LIST: 'a b' };
  expect(readOverrides('api:test', options, [])).toEqual({ kind: 'variables', variables });
});

it.each([
  ['test-path', '--TEST_PATH'],
  ['testPath', '--TEST_PATH'],
  ['dryrun', '--dry-run or --DRYRUN'],
  ['time-out', '--timeout or --TIME_OUT'],
])('knows what may have been meant by --%s', (name, meant) => {
  expect(message(name)).toBe(
    `api:test does not know the option --${name}. Did you mean ${meant}?\n` +
      'Make variables are written in upper case: `--NAME=value` becomes `make NAME=value`.',
  );
});

it.each([
  ['10m', 600_000],
  ['90s', 90_000],
  ['1h', 3_600_000],
  ['500ms', 500],
  ['600', 600_000],
  ['1.5s', 1500],
])('reads the duration %s', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

it.each(['', '0', 'soon', '10 minutes', '-1s'])('reads no duration from %j', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

it('writes durations as a person would', () => {
  expect([600_000, 90_000, 5_400_000, 500, 1234].map(formatDuration)).toEqual([
    '10m',
    '1.5m',
    '1.5h',
    '500ms',
    '1234ms',
  ]);
});
