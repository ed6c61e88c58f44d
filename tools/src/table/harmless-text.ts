const escape = '\u001b';

/** A well-formed sequence that only sets colours and weights. */
const colour = new RegExp(`${escape}\\[([0-9;:]*)m`, 'g');

/**
 * Whole sequences: settings and movements, and those that carry a text. Node's own `stripVTControlCharacters` takes time
 * that grows with the square of the length of a hostile line; here no sequence reaches over the beginning of the next.
 */
const sequence = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*[@-~]|[\\]P^_X][^${escape}\u0007]*(?:\u0007|${escape}\\\\))`,
  'g',
);

/** What a terminal may act on: control characters but for the tab, and characters that turn the direction of text. */
const dangerous = /[^\P{Cc}\t]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A line of foreign output that cannot drive a terminal. Colours stay when `colours` is true and end with the line;
 * every other control character is shown (`^[`) and not sent: it could move the cursor, set the clipboard or the title,
 * or hide what follows.
 */
export function harmlessText(line: string, { colours }: { readonly colours: boolean }): string {
  if (!colours) return line.replaceAll(sequence, '').replaceAll(dangerous, shown);
  let text = '';
  let end = 0;
  for (const found of line.matchAll(colour)) {
    text += line.slice(end, found.index).replaceAll(dangerous, shown) + withoutConcealing(found[1] ?? '');
    end = found.index + found[0].length;
  }
  text += line.slice(end).replaceAll(dangerous, shown);
  return end === 0 ? text : `${text}${escape}[0m`;
}

/** Lines of foreign output for a message, without colours and without what could drive a terminal. */
export function harmlessLines(text: string): string {
  return text
    .split(/\r*\n/)
    .map((line) => harmlessText(line, { colours: false }))
    .join('\n');
}

/** The same colour without `8`, which makes text invisible. */
function withoutConcealing(parameters: string): string {
  if (/[34]8[;:]/.test(parameters)) return `${escape}[${parameters}m`;
  const kept = parameters.split(';').filter((parameter) => Number(parameter) !== 8);
  return parameters === '' || kept.length > 0 ? `${escape}[${kept.join(';')}m` : '';
}

/** Caret notation for control characters, the code point for others. */
function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return `^${String.fromCodePoint(code + 0x40)}`;
  if (code === 0x7f) return '^?';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
