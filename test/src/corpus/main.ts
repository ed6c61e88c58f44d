import { parseArgs } from 'node:util';
import { checkRepository } from './check-repository.ts';
import type { Comparison } from './comparison.ts';
import { renderComparison, renderTotals } from './render-report.ts';
import { isGoodEnough, sumUp } from './totals.ts';

const usage = `npm run corpus -- [--json] DIR...

Reads every Makefile below each DIR twice, safely and with GNU make, and tells the differences.
make works in a throw-away copy, but it runs the shell calls of the Makefiles: cut the network off
(unshare --net) for repositories that you do not trust.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});

if (values.help || positionals.length === 0) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

const folders: { folder: string; comparisons: Comparison[] }[] = [];
for (const folder of positionals) {
  const comparisons: Comparison[] = [];
  for await (const comparison of checkRepository(folder)) {
    comparisons.push(comparison);
    if (process.stderr.isTTY)
      process.stderr.write(`\r\u001b[K${folder} ${comparisons.length} ${comparison.makefile}`);
    if (!values.json) say(renderComparison(folder, comparison));
  }
  folders.push({ folder, comparisons });
}
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');

const totals = sumUp(folders.flatMap(({ comparisons }) => comparisons));
if (values.json) {
  const report = folders.map(({ folder, comparisons }) => ({
    folder,
    comparisons,
    totals: sumUp(comparisons),
  }));
  console.log(JSON.stringify({ folders: report, totals }, null, 2));
} else {
  say(['', ...folders.map(({ folder, comparisons }) => renderTotals(folder, sumUp(comparisons)))]);
  say([renderTotals('all', totals)]);
}
if (!isGoodEnough(totals)) process.exitCode = 1;

function say(lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}
