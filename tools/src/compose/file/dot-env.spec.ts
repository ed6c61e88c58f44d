import { expect, it } from 'vitest';
import { parseDotEnv } from './dot-env.ts';

it.each<[string, string, Record<string, string>]>([
  ['plain values and comments', '# no\nA=one # comment\nB=a#b\n\nC=\n', { A: 'one', B: 'a#b', C: '' }],
  ['export, colons and spaces', 'export A=1\nB: 2\nC = 3\n', { A: '1', B: '2', C: '3' }],
  ['quotes', 'A="x \\"y\\" # z"\nB=\'$A\'\n', { A: 'x "y" # z', B: '$A' }],
  ['values over several lines', 'A="one\ntwo"\nB=3\r\n', { A: 'one\ntwo', B: '3' }],
  [
    'variables, of which outer ones win',
    'A=1\nB=$A${OUT}${NONE:-n}\nOUT=in\n',
    { A: '1', B: '1outn', OUT: 'in' },
  ],
  ['names that are handed on', 'OUT\nNONE\n', { OUT: 'out' }],
  ['what does not parse', '=1\n!\nA="open\n', {}],
])('parseDotEnv reads %s', (_name, text, expected) => {
  const found = parseDotEnv(text, (name) => (name === 'OUT' ? 'out' : undefined));
  expect(Object.fromEntries(found)).toEqual(expected);
});
