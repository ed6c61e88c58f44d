import { harmlessText } from './harmless-text.ts';
import { paint, type OutputStyle, type TextStyle } from './output-style.ts';
import { cutToWidth, visibleWidth } from './visible-width.ts';

/**
 * A column. The table becomes as narrow as the terminal by cutting those that shrink to 20 columns, then by leaving out
 * optional ones, those with the smallest number first, and at last by cutting further.
 */
export interface TableColumn {
  readonly title: string;
  readonly align?: 'right';
  readonly shrinks?: boolean;
  readonly optional?: number;
}

/** A cell; one style for all of it. What could drive a terminal is shown and not sent: names come from anywhere. */
export type TableCell = string | { readonly text: string; readonly style?: TextStyle | undefined };

const gap = '  ';
const readable = 20;
const narrowest = 10;

/** The lines of a table, each ended with a newline; columns are as wide as their widest cell. */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
  style: OutputStyle,
): string {
  const head = columns.map(({ title }) => ({ text: title, style: 'dim' as const }));
  const wanted = columns.map((_, index) =>
    Math.max(...[head, ...rows].map((row) => visibleWidth(textOf(row[index])))),
  );
  const widths = fit(columns, wanted, style.width);
  return [head, ...rows].map((row) => renderRow(columns, row, widths, style)).join('');
}

function renderRow(
  columns: readonly TableColumn[],
  row: readonly TableCell[],
  widths: readonly number[],
  style: OutputStyle,
): string {
  const cells = columns.flatMap((column, index) => {
    const width = widths[index] ?? 0;
    if (width === 0) return [];
    const cell = row[index];
    const text = cutToWidth(textOf(cell), width);
    const painted = paint(text, typeof cell === 'object' ? cell.style : undefined, style);
    const space = ' '.repeat(width - visibleWidth(text));
    return [column.align === 'right' ? space + painted : painted + space];
  });
  return `${cells.join(gap).trimEnd()}\n`;
}

/** The width of each column; 0 for one that is left out. */
function fit(columns: readonly TableColumn[], wanted: readonly number[], width = Infinity): number[] {
  const widths = [...wanted];
  const excess = (): number =>
    widths.reduce((sum, own) => sum + (own === 0 ? 0 : own + gap.length), -gap.length) - width;
  const shrink = (least: number): void => {
    while (excess() > 0) {
      const shrinking = widths.map((own, index) => (columns[index]?.shrinks === true ? own : 0));
      const widest = Math.max(...shrinking);
      if (widest <= least) return;
      widths[shrinking.indexOf(widest)] = widest - 1;
    }
  };
  shrink(readable);
  const optional = columns.flatMap(({ optional: rank }, index) =>
    rank === undefined ? [] : [{ rank, index }],
  );
  for (const { index } of optional.sort((one, other) => one.rank - other.rank))
    if (excess() > 0) widths[index] = 0;
  shrink(narrowest);
  return widths;
}

function textOf(cell: TableCell | undefined): string {
  return harmlessText(typeof cell === 'object' ? cell.text : (cell ?? ''), { colours: false });
}
