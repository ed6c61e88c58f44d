import { stripVTControlCharacters } from 'node:util';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wide =
  /\p{Emoji_Presentation}|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60]/u;
const ascii = /^[\x20-\x7e]*$/;

/** How many columns of a terminal a text takes. */
export function visibleWidth(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(stripVTControlCharacters(text))) width += widthOf(segment);
  return width;
}

/** The text, cut to so many columns; the last one is an ellipsis then. */
export function cutToWidth(text: string, width: number): string {
  if (visibleWidth(text) <= width) return text;
  let cut = '';
  let left = width - 1;
  for (const { segment } of segmenter.segment(stripVTControlCharacters(text))) {
    left -= widthOf(segment);
    if (left < 0) break;
    cut += segment;
  }
  return width > 0 ? `${cut}…` : '';
}

function widthOf(segment: string): number {
  return wide.test(segment) ? 2 : 1;
}
