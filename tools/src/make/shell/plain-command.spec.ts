import { describe, expect, it } from 'vitest';
import { readPlainCommands } from './plain-command.ts';

describe('commands that need no shell', () => {
  it.each([
    ['uname -s', [['uname', '-s']]],
    ['  git rev-parse --short HEAD  ', [['git', 'rev-parse', '--short', 'HEAD']]],
    ["date -u '+%Y %m'", [['date', '-u', '+%Y %m']]],
    [
      'git describe --tags 2>/dev/null || echo none',
      [
        ['git', 'describe', '--tags'],
        ['echo', 'none'],
      ],
    ],
    ['command -v go', [['switchyard-command', '-v', 'go']]],
  ])('%s', (text, words) => {
    expect(readPlainCommands(text)?.map(({ name, args }) => [name, ...args])).toEqual(words);
  });

  it.each([
    'uname -s | tr A-Z a-z',
    'echo $HOME',
    'echo *',
    'A=1 uname',
    'uname; pwd',
    'uname && pwd',
    'date "+$F"',
    'uname > x',
    'uname 2>&1',
    'cat VERSION',
    'echo a"b c"d',
    'echo a\\tb',
    'uname &',
    '(uname)',
    'echo ~',
    '',
  ])('%s needs one', (text) => {
    expect(readPlainCommands(text)).toBeUndefined();
  });
});
