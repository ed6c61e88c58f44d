import { formatBytes, paint, renderTable, type OutputStyle } from '../table/index.ts';
import type { CleanupItem, CleanupPlan, KeptItem } from './cleanup-plan.ts';
import type { CleanupOutcome } from './clean-up.ts';

/** What would go, as a table, and below it what stays. */
export function renderPlan({ remove, keep }: CleanupPlan, style: OutputStyle): string {
  if (remove.length === 0) return `Nothing to remove.\n${renderKept(keep, style)}`;
  return `${renderItems(remove, style)}${summary('Would free', remove)}\n${renderKept(keep, style)}`;
}

/** What was removed, and what the engine refused to remove. */
export function renderCleanup({ removed, failed }: CleanupOutcome, style: OutputStyle): string {
  const refused = failed.map(
    ({ kind, name, why }) => `${paint('✘', 'red', style)} ${kind} ${name} stays: ${why}\n`,
  );
  if (removed.length === 0 && failed.length === 0) return 'Nothing to remove.\n';
  const table = removed.length === 0 ? '' : renderItems(removed, style);
  return `${table}${refused.join('')}${summary('Freed', removed)}\n`;
}

function renderItems(items: readonly CleanupItem[], style: OutputStyle): string {
  return renderTable(
    [
      { title: 'PROJECT' },
      { title: 'ENV' },
      { title: 'KIND' },
      { title: 'NAME', shrinks: true },
      { title: 'SIZE', align: 'right' },
    ],
    [...items]
      .sort(inOrder)
      .map(({ project, environment, kind, name, bytes }) => [
        project,
        environment,
        { text: kind, style: kind === 'volume' ? 'yellow' : undefined },
        name,
        bytes === undefined ? '' : formatBytes(bytes),
      ]),
    style,
  );
}

const kinds = ['container', 'network', 'volume', 'image'] as const;

function inOrder(one: CleanupItem, other: CleanupItem): number {
  return (
    one.project.localeCompare(other.project) ||
    one.environment.localeCompare(other.environment) ||
    kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
    one.name.localeCompare(other.name, undefined, { numeric: true })
  );
}

/** What stays for the same reason is told in one line. */
function renderKept(keep: readonly KeptItem[], style: OutputStyle): string {
  const groups = new Map<string, KeptItem[]>();
  for (const item of keep) {
    const key = `${item.composeProject}\n${item.kind}\n${item.why}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  const lines = [...groups.values()].flatMap((items) => {
    const [first] = items;
    if (first === undefined) return [];
    const { kind, name, composeProject, why } = first;
    const what = items.length === 1 ? `${kind} ${name}` : `${items.length} ${kind}s of ${composeProject}`;
    return [`${paint(`stays  ${what}: ${why}`, 'dim', style)}\n`];
  });
  return lines.join('');
}

function summary(verb: string, items: readonly CleanupItem[]): string {
  const bytes = items.reduce((sum, item) => sum + (item.bytes ?? 0), 0);
  const counts = kinds.flatMap((kind) => {
    const count = items.filter((item) => item.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}${count === 1 ? '' : 's'}`];
  });
  return `${verb} ${formatBytes(bytes)}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`;
}
