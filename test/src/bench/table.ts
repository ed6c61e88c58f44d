import type { Measurement, Unit } from './measurement.ts';
import { spread } from './statistics.ts';

/** Measurements as a table for people: a heading for each section, then value, spread, limit, verdict and note. */
export function formatTable(measurements: readonly Measurement[]): string {
  const rows = measurements.map((found) => [
    found.name,
    formatValue(found.value, found.unit),
    found.samples.length > 1 ? `±${Math.round(spread(found.samples) * 50)}%` : '',
    found.limit === undefined ? '-' : `<= ${formatValue(found.limit, found.unit)}`,
    verdict(found.reached),
    found.note ?? '',
  ]);
  const used = [0, 1, 2, 3, 4, 5].filter((column) => rows.some((row) => row[column] !== ''));
  const widths = used.map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines: string[] = [];
  let section: string | undefined;
  for (const [index, row] of rows.entries()) {
    const own = measurements[index]?.section;
    if (own !== undefined && own !== section) lines.push(...(section === undefined ? [] : ['']), own);
    section = own;
    lines.push(`  ${used.map((column, place) => (row[column] ?? '').padEnd(widths[place] ?? 0)).join('  ')}`);
  }
  return lines.join('\n');
}

function verdict(reached: boolean | undefined): string {
  if (reached === undefined) return '';
  return reached ? 'ok' : 'MISSED';
}

function formatValue(value: number, unit: Unit): string {
  const digits = unit === 'x' ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}
