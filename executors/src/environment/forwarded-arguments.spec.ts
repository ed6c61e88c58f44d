import { describe, expect, it } from 'vitest';
import { forwardedArguments, rawOption } from './forwarded-arguments.ts';

const own = ['service', 'workingFolder', 'up'];

describe('forwardedArguments', () => {
  it.each([
    ['-k 1.10 tests/unit', '-k 1.10 tests/unit'],
    ['--service=app -v', '-v'],
    ['--service app -v', '-v'],
    ['--working-folder=/x --workingFolder /y z', 'z'],
    ['--no-up x', 'x'],
    ['--up --maxfail=2', '--maxfail=2'],
    ['--services x', '--services x'],
  ])('of `%s` are `%s`', (passed, expected) => {
    const words = passed.split(' ');
    expect(forwardedArguments({ passed: words, raw: ['nx', 'check', 'api', ...words], own }).join(' ')).toBe(
      expected,
    );
  });

  it('are all that follow --, whatever they are called', () => {
    const passed = ['--service=x', 'a "b'];
    const raw = ['nx', 'check', 'api', '--service=app', '--', ...passed];
    expect(forwardedArguments({ passed, raw, own })).toEqual(passed);
  });
});

it.each([
  [['--service=a', '--service=b'], 'b'],
  [['--service', 'a'], 'a'],
  [['--', '--service=a'], undefined],
  [['x'], undefined],
])('rawOption of %j is %s', (raw, expected) => {
  expect(rawOption(raw, '--service')).toBe(expected);
});
