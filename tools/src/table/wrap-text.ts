import { visibleWidth } from './visible-width.ts';

/** A text broken at blanks into lines of so many columns; a longer word has a line of its own. */
export function wrapText(text: string, width = Infinity): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && visibleWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
