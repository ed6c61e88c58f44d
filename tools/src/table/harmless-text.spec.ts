import { describe, expect, it } from 'vitest';
import { harmlessLines, harmlessText } from './harmless-text.ts';

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

  it.each([`${e}]x;`, `${e}[1;`, `${e}P`, `${e}[`])('takes no time for a long line of %j', (start) => {
    const started = performance.now();
    const text = piped(start.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(1000);
    expect(text).not.toContain(e);
  });
});

it('a message keeps its lines, and loses what drives a terminal', () => {
  expect(harmlessLines(`one${e}[2J\r\n${e}]0;title\u0007two\rthree`)).toBe('one\ntwo^Mthree');
});
