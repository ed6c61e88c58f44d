import { interpolate, type Lookup } from './interpolate.ts';

const assignment = /^[ \t]*(?:export[ \t]+)?([A-Za-z_.][\w.-]*)[ \t]*(?:[=:][ \t]*(.*))?$/s;

/**
 * The variables of a `.env` file, as Compose reads it: quotes, `export`, comments, values over several lines, and variables
 * in values. `outside` wins over what stands in the file when a value refers to a variable. What does not parse is left out.
 */
export function parseDotEnv(text: string, outside: Lookup): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const lookup: Lookup = (name) => outside(name) ?? values.get(name);
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    const found = assignment.exec(line);
    const name = found?.[1];
    if (name === undefined) continue;
    const written = found?.[2];
    if (written === undefined) {
      const inherited = outside(name);
      if (inherited !== undefined) values.set(name, inherited);
      continue;
    }
    const quote = written[0];
    if (quote !== '"' && quote !== "'") {
      values.set(name, withVariables(written.replace(/(^|\s)#.*$/s, '').trim(), lookup));
      continue;
    }
    let quoted = written.slice(1);
    let end = closingQuote(quoted, quote);
    while (end === -1 && at + 1 < lines.length) {
      at += 1;
      const from = quoted.length;
      quoted += `\n${lines[at] ?? ''}`;
      end = closingQuote(quoted, quote, from);
    }
    if (end === -1) return values;
    const inside = quoted.slice(0, end);
    values.set(name, quote === "'" ? inside : withVariables(unescape(inside), lookup));
  }
  return values;
}

function closingQuote(text: string, quote: string, from = 0): number {
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescape(text: string): string {
  return text.replace(/\\([nrt"\\])/g, (_whole, letter: string) => escapes[letter] ?? letter);
}

function withVariables(text: string, lookup: Lookup): string {
  const found = interpolate(text, lookup);
  return found.kind === 'text' ? found.text : text;
}
