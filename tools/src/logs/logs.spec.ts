import { describe, expect, it } from 'vitest';
import { harmlessText } from './harmless-text.ts';
import { parseLogLine } from './log-line.ts';
import { LogPrinter, projectStyle } from './log-printer.ts';

const e = '\u001b';

describe('harmlessText', () => {
  const terminal = (text: string): string => harmlessText(text, { colours: true });
  const piped = (text: string): string => harmlessText(text, { colours: false });

  it.each([
    ['colours', `${e}[31mred${e}[0m`, `${e}[31mred${e}[0m${e}[0m`],
    ['colours that do not end', `${e}[1;38;5;8mgrey`, `${e}[1;38;5;8mgrey${e}[0m`],
    ['invisible text', `${e}[8mhidden${e}[1;8mx`, `hidden${e}[1mx${e}[0m`],
    ['cursor movement', `a${e}[2J${e}[1;1Hb`, 'a^[[2J^[[1;1Hb'],
    ['the title', `${e}]0;owned\u0007`, '^[]0;owned^G'],
    ['the clipboard', `${e}]52;c;ZXZpbA==${e}\\`, '^[]52;c;ZXZpbA==^[\\'],
    ['a terminal answer', `${e}[6n${e}P+q544e${e}\\`, '^[[6n^[P+q544e^[\\'],
    ['C1 codes', '\u009b2J\u009d0;x\u009c', '<U+009B>2J<U+009D>0;x<U+009C>'],
    ['a carriage return', 'secret\rpublic', 'secret^Mpublic'],
    ['backspaces and zeros', 'a\b\u0000', 'a^H^@'],
    ['turned text', 'a\u202eb', 'a<U+202E>b'],
    ['tabs and other languages', 'a\tÄ日', 'a\tÄ日'],
  ])('%s', (_name, text, expected) => {
    expect(terminal(text)).toBe(expected);
  });

  it('leaves no sequence in piped text', () => {
    expect(piped(`${e}[31mred${e}[0m ${e}[2Jx\u0007`)).toBe('red x^G');
  });

  it('sends nothing but colours to a terminal, whatever comes', () => {
    const parts = [e, '[', ']', '8', ';', 'm', '31', 'H', '\u009b', '\u0007', 'x', ':', '?', ' ', '\\', 'P'];
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % below;
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: next(12) }, () => parts[next(parts.length)] ?? '').join('');
      const rest = terminal(text).replaceAll(new RegExp(`${e}\\[[0-9;:]*m`, 'g'), '');
      expect(rest, JSON.stringify(text)).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe('parseLogLine', () => {
  const time = '2026-01-22T10:00:00.123456789Z';
  const parse = (text: string | Buffer) => parseLogLine(Buffer.from(text));

  it('takes the time off, and the end that a terminal gives to lines', () => {
    expect(parse(`${time} hello world\r`)).toEqual({ time, text: 'hello world' });
    expect(parse(`${time} `)).toEqual({ time, text: '' });
    expect(parse('no time')).toEqual({ time: '', text: 'no time' });
  });

  it('replaces bytes that are no text', () => {
    const line = Buffer.concat([Buffer.from(`${time} a`), Buffer.from([0xff, 0xfe]), Buffer.from('b')]);
    expect(parse(line).text).toBe('a\u{FFFD}\u{FFFD}b');
  });

  it('joins the pieces that the engine keeps a long line in', () => {
    const long = 'é'.repeat(20_000);
    const bytes = Buffer.from(long);
    const pieces = [0, 1, 2].map((index) => bytes.subarray(index * 16_384, (index + 1) * 16_384));
    const line = Buffer.concat(pieces.flatMap((piece) => [Buffer.from(`${time} `), piece]));
    expect(parse(line).text).toBe(long);
  });
});

describe('LogPrinter', () => {
  const sources = [
    { id: '1', project: 'api', label: 'api-dev postgres' },
    { id: '2', project: 'jobs', label: 'jobs-dev app' },
  ] as const;

  it('puts the bars below each other, and no blank at the end of a line', () => {
    let text = '';
    const printer = new LogPrinter((part) => (text += part), { colours: false }, true);
    printer.makeRoomFor(sources);
    printer.print(sources[0], { time: '2026', text: 'ready' });
    printer.print(sources[1], { time: '', text: '' });
    expect(text).toBe('api-dev postgres | 2026 ready\njobs-dev app     |\n');
  });

  it('gives a project the same colour always', () => {
    let text = '';
    const printer = new LogPrinter((part) => (text += part), { colours: true });
    printer.print(sources[0], { time: '', text: 'x' });
    expect(text.replace(/3[2-6]m/, '')).toBe(`${e}[api-dev postgres |${e}[39m x\n`);
    expect(projectStyle('api')).toBe(projectStyle('api'));
    expect(new Set(['api', 'web', 'jobs', 'terminal'].map(projectStyle)).size).toBeGreaterThan(1);
  });
});
