import { describe, expect, it } from 'vitest';
import { interpolate } from './interpolate.ts';

const values: Readonly<Record<string, string>> = { A: 'a', EMPTY: '', B_1: 'b' };

describe('interpolate', () => {
  it.each([
    ['$A-${A}', 'a-a'],
    ['${B_1}$B_1', 'bb'],
    ['${NONE}', ''],
    ['${NONE:-x}${EMPTY:-y}${A:-z}', 'xya'],
    ['${NONE-x}${EMPTY-y}', 'x'],
    ['${NONE:+x}${EMPTY:+y}${EMPTY+z}${A+w}', 'zw'],
    ['${NONE:-${EMPTY:-${A}}}', 'a'],
    ['${A:?message}${EMPTY?message}', 'a'],
    ['$$A $${A} $$$A', '$A ${A} $a'],
    ['$ $1 $(date) 5$', '$ $1 $(date) 5$'],
    ['${NONE:-host:80/{x}', 'host:80/{x'],
  ])('%s is %s', (template, text) => {
    expect(interpolate(template, (name) => values[name])).toEqual({ kind: 'text', text });
  });

  it.each([
    ['${NONE:?say which}', 'variable NONE has to be set: say which'],
    ['${EMPTY:?}', 'variable EMPTY has to be set: it has no value'],
    ['${A', '"${A" is no variable: write $$ for a dollar sign'],
    ['${1}', '"${1}" is no variable: write $$ for a dollar sign'],
    ['${A!b}', '"${A!b}" is no variable: write $$ for a dollar sign'],
    ['${A:-'.repeat(100) + '}'.repeat(100), 'variables are nested too deep'],
  ])('%s is wrong', (template, problem) => {
    expect(interpolate(template, (name) => values[name])).toEqual({ kind: 'wrong', problem });
  });

  it('stops at a value that grows', () => {
    const wide = 'x'.repeat(10_000);
    const found = interpolate('$A'.repeat(10_000), () => wide);
    expect(found).toEqual({ kind: 'wrong', problem: 'the value is too long' });
  });
});
