import { describe, expect, it } from 'vitest';
import { parseLogLine } from './log-line.ts';
import { LogPrinter, projectStyle } from './log-printer.ts';

const e = '\u001b';

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
