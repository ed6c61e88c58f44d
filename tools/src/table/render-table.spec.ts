import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatBytes,
  outputStyle,
  paint,
  parseBytes,
  renderTable,
  visibleWidth,
} from './index.ts';

const columns = [
  { title: 'NAME', shrinks: true },
  { title: 'SIZE', align: 'right' },
  { title: 'NOTE', optional: 1 },
] as const;
const rows = [
  ['api', '5', 'first'],
  [{ text: 'a-very-long-name', style: 'red' }, '1000', ''],
] as const;

describe('renderTable', () => {
  it('sends nothing to the terminal that stands in a cell', () => {
    const hostile = [['\u001b]0;title\u0007api\u001b[2J', '5\u0007', 'a\nb']] as const;
    expect(renderTable(columns, hostile, { colours: true })).toMatch(/\napi +5\^G {2}a\^Jb\n$/);
  });

  it('makes columns as wide as their widest cell, and leaves no blanks at the end', () => {
    expect(renderTable(columns, rows, { colours: false })).toBe(
      ['NAME              SIZE  NOTE', 'api                  5  first', 'a-very-long-name  1000', ''].join(
        '\n',
      ),
    );
  });

  it('cuts what shrinks while it can be read, leaves out what is optional, and then cuts further', () => {
    const long = [
      ['api', '5', 'first'],
      ['a-very-very-very-long-name', '1000', ''],
    ];
    const lines = (width: number): string[] =>
      renderTable(columns, long, { colours: false, width }).split('\n').slice(0, 3);
    expect(lines(33)).toEqual([
      'NAME                  SIZE  NOTE',
      'api                      5  first',
      'a-very-very-very-lo…  1000',
    ]);
    expect(lines(22)).toEqual(['NAME              SIZE', 'api                  5', 'a-very-very-ver…  1000']);
  });

  it('counts what is seen: colours take no room, wide characters two columns', () => {
    const coloured = renderTable([{ title: 'A' }, { title: 'B' }], [[{ text: '日本', style: 'red' }, 'x']], {
      colours: true,
    });
    expect(coloured.split('\n')[1]).toBe('\u001b[31m日本\u001b[39m  x');
    expect([
      visibleWidth('日本'),
      visibleWidth('é'),
      visibleWidth('\u001b[1mab\u001b[0m'),
      visibleWidth('👩‍👩‍👧'),
    ]).toEqual([4, 1, 2, 2]);
  });
});

describe('outputStyle', () => {
  const terminal = { isTTY: true, columns: 80 };

  it.each([
    ['piped', { isTTY: false, columns: 80 }, {}, { colours: false }],
    ['a terminal', terminal, { TERM: 'xterm' }, { colours: true, width: 80 }],
    ['NO_COLOR', terminal, { NO_COLOR: '1' }, { colours: false, width: 80 }],
    ['an empty NO_COLOR', terminal, { NO_COLOR: '' }, { colours: true, width: 80 }],
    ['a dumb terminal', terminal, { TERM: 'dumb' }, { colours: false, width: 80 }],
    ['piped by nx, which sets FORCE_COLOR', {}, { FORCE_COLOR: 'true' }, { colours: false }],
    ['a terminal without a size', { isTTY: true, columns: 0 }, {}, { colours: true }],
  ])('%s', (_name, stream, environment, expected) => {
    expect(outputStyle(stream, environment)).toEqual(expected);
  });

  it('paint adds nothing without colours', () => {
    expect(paint('x', ['bold', 'red'], { colours: false })).toBe('x');
    expect(paint('x', ['bold', 'red'], { colours: true })).toBe('\u001b[1m\u001b[31mx\u001b[39m\u001b[22m');
  });
});

describe('amounts', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [12_345, '12 kB'],
    [999_999, '1.0 MB'],
    [1_250_000_000, '1.3 GB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    ['404KiB', 413_696],
    ['80.9MB', 80_900_000],
    ['0B', 0],
    ['1.5GB (30%)', 1_500_000_000],
    ['--', undefined],
    ['', undefined],
  ])('reads %s', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it('ages are in their largest unit', () => {
    expect([0, 4200, 61_000, 7_300_000, 200_000_000].map(formatAge)).toEqual(['0s', '4s', '1m', '2h', '2d']);
  });
});
