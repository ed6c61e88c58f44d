import { formatAge, formatBytes, renderTable, type OutputStyle, type TableCell } from '../../table/index.ts';
import type { PlacedSnapshot } from './find-snapshots.ts';

const columns = [
  { title: 'NAME', shrinks: true },
  { title: 'PROJECT' },
  { title: 'ENVIRONMENT' },
  { title: 'SERVICE', optional: 3 },
  { title: 'DATABASE', optional: 2 },
  { title: 'AGE', align: 'right' },
  { title: 'SIZE', align: 'right' },
  { title: 'POSTGRESQL', align: 'right', optional: 1 },
] as const;

/** The list of snapshots for people; what is wrong with broken ones stands below it. */
export function renderSnapshots(
  snapshots: readonly PlacedSnapshot[],
  style: OutputStyle,
  now: number = Date.now(),
): string {
  if (snapshots.length === 0) return 'There are no snapshots.\n';
  const rows = snapshots.map((snapshot): readonly TableCell[] => {
    const { name, project, environment, service } = snapshot;
    if (snapshot.kind === 'broken')
      return [
        { text: name, style: 'red' },
        project,
        environment,
        service,
        { text: 'damaged', style: 'red' },
        '',
        '',
        '',
      ];
    const { record } = snapshot;
    const age = formatAge(now - Date.parse(record.createdAt));
    return [
      name,
      project,
      environment,
      service,
      record.database,
      age,
      formatBytes(record.size),
      record.serverVersion,
    ];
  });
  const damaged = snapshots.flatMap((snapshot) =>
    snapshot.kind === 'broken' ? [`${snapshot.name} is damaged: ${snapshot.problem}.\n`] : [],
  );
  return `${renderTable(columns, rows, style)}${damaged.join('')}`;
}

/** The list for programs. */
export function snapshotDocument(
  snapshots: readonly PlacedSnapshot[],
  now: number = Date.now(),
): readonly object[] {
  return snapshots.map((snapshot) => {
    const { project, environment, service, name } = snapshot;
    if (snapshot.kind === 'broken') return { name, project, environment, service, damaged: snapshot.problem };
    const ageSeconds = Math.max(0, Math.round((now - Date.parse(snapshot.record.createdAt)) / 1000));
    return { ...snapshot.record, name, project, environment, service, ageSeconds };
  });
}
