import { paint, visibleWidth, wrapText, type OutputStyle, type TextStyle } from '../table/index.ts';
import type { HealthCheck, HealthReport } from './health-report.ts';

type Result = HealthCheck['result'];

const marks: Readonly<Record<Result, readonly [string, TextStyle]>> = {
  ok: ['✔', 'green'],
  warning: ['!', 'yellow'],
  failed: ['✘', 'red'],
  down: ['-', 'dim'],
};

const worstFirst: readonly Result[] = ['failed', 'warning', 'ok', 'down'];

/** One line for everything that was looked at, by project, and below what is wrong the next step. */
export function renderHealth(report: HealthReport, style: OutputStyle): string {
  // What all share comes first: its name is empty.
  const projects = [...new Set(report.checks.map(({ project = '' }) => project))].sort();
  const groups = projects.map((name) =>
    renderGroup(
      name === '' ? 'platform' : name,
      report.checks.filter(({ project = '' }) => project === name),
      style,
    ),
  );
  return `${groups.join('\n')}\n${summary(report, style)}\n`;
}

interface Line {
  readonly name: string;
  readonly checks: readonly HealthCheck[];
}

function renderGroup(title: string, checks: readonly HealthCheck[], style: OutputStyle): string {
  const lines = new Map<string, HealthCheck[]>();
  for (const check of checks) {
    const name = [check.environment, check.subject].filter(Boolean).join(' ');
    lines.set(name, [...(lines.get(name) ?? []), check]);
  }
  const width = Math.max(...[...lines.keys()].map(visibleWidth));
  const rendered = [...lines].map(([name, of]) => renderLine({ name, checks: of }, width, style));
  return `${paint(title, 'bold', style)}\n${rendered.join('')}`;
}

function renderLine({ name, checks }: Line, width: number, style: OutputStyle): string {
  const result = worstFirst.find((candidate) => checks.some((check) => check.result === candidate)) ?? 'ok';
  const [mark, markStyle] = marks[result];
  const start = `  ${paint(mark, markStyle, style)} ${name}${' '.repeat(width - visibleWidth(name))}  `;
  const indent = ' '.repeat(width + 6);
  const room = style.width === undefined ? Infinity : Math.max(style.width - indent.length, 30);
  const next = new Set(checks.flatMap((check) => (check.next === undefined ? [] : [check.next])));
  const lines = [...foundLines(checks, room, style), ...[...next].flatMap((step) => wrapText(step, room))];
  return `${start}${lines.join(`\n${indent}`)}\n`;
}

/** What was found in one line; where that is too long, what is wrong first and each on a line of its own. */
function foundLines(checks: readonly HealthCheck[], room: number, style: OutputStyle): readonly string[] {
  const styleOf = ({ result }: HealthCheck): TextStyle | undefined =>
    result === 'ok' ? undefined : marks[result][1];
  if (visibleWidth(checks.map(({ found }) => found).join(', ')) <= room)
    return [checks.map((check) => paint(check.found, styleOf(check), style)).join(', ')];
  if (checks.every(({ result }) => result === 'ok'))
    return wrapText(checks.map(({ found }) => found).join(', '), room);
  const sorted = [...checks].sort(
    (one, other) => worstFirst.indexOf(one.result) - worstFirst.indexOf(other.result),
  );
  return sorted.flatMap((check) =>
    wrapText(check.found, room).map((line) => paint(line, styleOf(check), style)),
  );
}

function summary({ checks, healthy, milliseconds }: HealthReport, style: OutputStyle): string {
  const count = (result: Result): number => checks.filter((check) => check.result === result).length;
  const seconds = `(${(milliseconds / 1000).toFixed(1)} s)`;
  const warnings = count('warning');
  const also = warnings === 0 ? '' : `, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  if (healthy) return `${paint('Healthy', 'green', style)}${also} ${paint(seconds, 'dim', style)}`;
  const failed = count('failed');
  const problems = `${failed} ${failed === 1 ? 'problem' : 'problems'}`;
  return `${paint(problems, 'red', style)}${also} ${paint(seconds, 'dim', style)}`;
}
