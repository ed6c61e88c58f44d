import { renderTable, type OutputStyle, type TableCell } from '../../table/index.ts';
import type { MigrationSet } from './migration.ts';
import type { EnvironmentStatus, ProjectMigrations } from './migration-status.ts';
import type { PlatformMigrations } from './platform-migrations.ts';

/** What is shown of migrations. */
export type MigrationView = 'status' | 'current' | 'pending' | 'history' | 'drift';

/** The migrations of projects for people. What is to be mended stands below the table. */
export function renderMigrations(
  { projects, problems }: PlatformMigrations,
  view: MigrationView,
  style: OutputStyle,
): string {
  if (projects.length === 0) return 'No migrations were found.\n';
  const [columns, rows] = tableOf(projects, view);
  const table = rows.length === 0 ? `${nothing[view]}\n` : renderTable(columns, rows, style);
  const notes = projects.flatMap(({ project, environments }) =>
    environments.flatMap((status) =>
      status.kind === 'read' ? status.notes.map((note) => `${project} ${status.environment}: ${note}`) : [],
    ),
  );
  const below = [...notes, ...problems].map((line) => `${line}\n`).join('');
  return below === '' ? table : `${table}\n${below}`;
}

const nothing: Readonly<Record<MigrationView, string>> = {
  status: 'No environments.',
  current: 'No environments.',
  pending: 'Nothing is pending.',
  history: 'There are no migrations.',
  drift: 'All environments that are up have the same migrations.',
};

type Table = readonly [
  columns: readonly { title: string; align?: 'right'; shrinks?: boolean }[],
  rows: TableCell[][],
];

function tableOf(projects: readonly ProjectMigrations[], view: MigrationView): Table {
  const place = [{ title: 'PROJECT' }, { title: 'ENVIRONMENT' }];
  const each = (
    row: (status: EnvironmentStatus, project: ProjectMigrations) => TableCell[][],
  ): TableCell[][] =>
    projects.flatMap((project) => project.environments.flatMap((status) => row(status, project)));
  switch (view) {
    case 'status':
      return [
        [
          ...place,
          { title: 'TOOL' },
          { title: 'CURRENT', shrinks: true },
          { title: 'APPLIED', align: 'right' },
          { title: 'PENDING', align: 'right' },
          { title: 'STATE' },
        ],
        each((status, { project, set }) => [
          [project, status.environment, set.tool, ...numbers(status), stateOf(status)],
        ]),
      ];
    case 'current':
      return [
        [...place, { title: 'CURRENT' }, { title: 'TITLE', shrinks: true }],
        each((status, { project, set }) =>
          status.kind !== 'read' || status.current.length === 0
            ? [[project, status.environment, status.kind === 'read' ? 'none' : stateOf(status), '']]
            : status.current.map((id) => [project, status.environment, id, titleOf(set, id)]),
        ),
      ];
    case 'pending':
      return [
        [...place, { title: 'PENDING' }, { title: 'TITLE', shrinks: true }],
        each((status, { project, set }) =>
          status.kind === 'read'
            ? status.pending.map((id) => [project, status.environment, id, titleOf(set, id)])
            : [[project, status.environment, stateOf(status), '']],
        ),
      ];
    case 'history':
      return [
        [
          { title: 'PROJECT' },
          { title: 'MIGRATION' },
          { title: 'TITLE', shrinks: true },
          { title: 'APPLIED IN' },
        ],
        projects.flatMap(history),
      ];
    case 'drift':
      return [
        [
          { title: 'PROJECT' },
          { title: 'MIGRATION' },
          { title: 'TITLE', shrinks: true },
          { title: 'APPLIED IN' },
          { title: 'MISSING IN' },
        ],
        projects.flatMap(({ project, set, drift }) =>
          drift.map(({ id, appliedIn, missingIn }): TableCell[] => [
            project,
            id,
            titleOf(set, id),
            appliedIn.join(', '),
            { text: missingIn.join(', '), style: 'red' },
          ]),
        ),
      ];
  }
}

function history({ project, set, environments }: ProjectMigrations): TableCell[][] {
  const read = environments.flatMap((status) => (status.kind === 'read' ? [status] : []));
  const unknown = [...new Set(read.flatMap((status) => status.unknown))];
  return [...set.migrations.map(({ id }) => id), ...unknown].map((id) => {
    const appliedIn = read.flatMap(({ environment, applied }) => {
      const found = applied.find((one) => one.id === id);
      if (found === undefined) return [];
      return [
        found.at === undefined ? environment : `${environment} (${found.at.slice(0, 19).replace('T', ' ')})`,
      ];
    });
    return [project, id, unknown.includes(id) ? 'no file has it' : titleOf(set, id), appliedIn.join(', ')];
  });
}

function numbers(status: EnvironmentStatus): TableCell[] {
  if (status.kind !== 'read') return ['', '', ''];
  const { current, applied, pending, table, notes } = status;
  const isKnown = table !== undefined || notes.length === 0;
  return [
    current.join(', ') || (isKnown ? 'none' : 'unknown'),
    isKnown ? String(applied.length) : '?',
    isKnown ? String(pending.length) : '?',
  ];
}

function stateOf(status: EnvironmentStatus): TableCell {
  if (status.kind === 'down') return { text: 'down', style: 'dim' };
  if (status.kind === 'unreadable') return { text: 'unreadable', style: 'red' };
  if (status.unknown.length > 0 || status.problems.length > 0) return { text: 'wrong', style: 'red' };
  if (status.notes.length > 0) return { text: 'unknown', style: 'yellow' };
  return status.pending.length > 0
    ? { text: 'pending', style: 'yellow' }
    : { text: 'up to date', style: 'green' };
}

function titleOf({ migrations }: MigrationSet, id: string): string {
  return migrations.find((migration) => migration.id === id)?.title ?? '';
}
