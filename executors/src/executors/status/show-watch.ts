import type { Engine } from '@switchyard/tools/compose';
import { renderStatus, watchStatus, type StatusRequest } from '@switchyard/tools/status';
import { cutToWidth, outputStyle, visibleWidth } from '@switchyard/tools/table';

const escape = '\u001b[';
const eraseLine = `${escape}K`;
const eraseBelow = `${escape}J`;

/**
 * Draws the status again and again over itself, until Ctrl-C. Not on a screen of its own: nx ends before its task can give
 * the old one back, and the last picture is worth keeping.
 */
export async function showWatch(
  engine: Engine,
  request: StatusRequest,
  terminal: NodeJS.WriteStream,
): Promise<boolean> {
  let drawn = 0;
  await watchStatus(engine, {
    ...request,
    onReport: (report) => {
      const style = outputStyle(terminal);
      const { width = 80 } = style;
      const head = `${new Date().toLocaleTimeString()}  Ctrl-C ends it`;
      // What does not fit would scroll, and the next picture would begin elsewhere.
      const lines = `${head}\n${renderStatus(report, style)}`
        .split('\n')
        .slice(0, Math.max(1, terminal.rows - 2))
        .map((line) => (visibleWidth(line) > width ? cutToWidth(line, width) : line));
      const up = drawn > 0 ? `${escape}${drawn}F` : '';
      drawn = lines.length - 1;
      // Line by line over the old picture: clearing first would flicker.
      terminal.write(up + lines.join(`${eraseLine}\n`) + eraseBelow);
    },
  });
  return true;
}
