import {
  formatAge,
  formatBytes,
  paint,
  renderTable,
  type OutputStyle,
  type TableCell,
  type TableColumn,
  type TextStyle,
} from '../table/index.ts';
import type { StatusReport, StatusRow } from './status-report.ts';

/** The report as a table for people; columns for CPU and memory only when something was measured. */
export function renderStatus(report: StatusReport, style: OutputStyle): string {
  const { containers, down, elsewhere } = report;
  const measured = containers.some(({ use }) => use !== undefined);
  const table =
    containers.length === 0 ? '' : renderTable(columns(measured), rows(containers, measured), style);
  const lines: string[] = [];
  if (containers.length === 0 && down.length === 0) lines.push('No environment was found.');
  if (down.length > 0)
    lines.push(
      `${paint('down', 'dim', style)}  ${down.map(({ project, environment }) => `${project} ${environment}`).join(', ')}`,
    );
  for (const { composeProject, folder } of elsewhere)
    lines.push(
      `${paint('!', 'yellow', style)} ${composeProject} is also the name of what runs from ${folder}; that is not shown.`,
    );
  const rest = lines.map((line) => `${line}\n`).join('');
  return table !== '' && rest !== '' ? `${table}\n${rest}` : table + rest;
}

function columns(measured: boolean): TableColumn[] {
  return [
    { title: 'PROJECT' },
    { title: 'ENV' },
    { title: 'SERVICE', shrinks: true },
    { title: 'STATE' },
    ...(measured
      ? ([
          { title: 'CPU', align: 'right', optional: 2 },
          { title: 'MEMORY', align: 'right', optional: 3 },
        ] satisfies TableColumn[])
      : []),
    { title: 'AGE', align: 'right', optional: 1 },
    { title: 'ADDRESS', shrinks: true, optional: 4 },
  ];
}

/** What is the same as in the line above is not repeated: the eye finds the groups. */
function rows(containers: readonly StatusRow[], measured: boolean): TableCell[][] {
  return containers.map((row, index) => {
    const above = containers[index - 1];
    const sameProject = above?.project === row.project;
    const sameEnvironment = sameProject && above.environment === row.environment;
    const siblings = containers.filter(
      ({ service, environment, project }) =>
        service === row.service && environment === row.environment && project === row.project,
    );
    const { use } = row;
    return [
      { text: sameProject ? '' : row.project, style: 'bold' },
      sameEnvironment ? '' : row.environment,
      siblings.length > 1 ? `${row.service} (${siblings.indexOf(row) + 1})` : row.service,
      stateCell(row),
      ...(measured
        ? [
            use === undefined ? '' : `${use.cpu.toFixed(1)} %`,
            use === undefined ? '' : { text: formatBytes(use.memory), style: memoryStyle(use) },
          ]
        : []),
      formatAge(row.age),
      [...row.hosts, ...row.ports].join(' '),
    ];
  });
}

function stateCell({ state, health, exitCode, restarts }: StatusRow): TableCell {
  if (state === 'running')
    switch (health) {
      case 'healthy':
        return { text: 'healthy', style: 'green' };
      case 'unhealthy':
        return { text: 'unhealthy', style: 'red' };
      case 'starting':
        return { text: 'starting', style: 'yellow' };
      case 'none':
        return { text: 'running', style: 'green' };
    }
  if (state === 'restarting') return { text: `restarting (${restarts})`, style: 'red' };
  if (state !== 'exited') return { text: state, style: state === 'dead' ? 'red' : 'yellow' };
  // 143 and 137: somebody stopped it.
  if (exitCode === 0 || exitCode === 143 || exitCode === 137)
    return { text: exitCode === 0 ? 'completed' : 'stopped', style: 'dim' };
  return { text: `exited ${exitCode}`, style: 'red' };
}

/** Near its limit the kernel ends it. */
function memoryStyle({ memory, memoryLimit }: NonNullable<StatusRow['use']>): TextStyle | undefined {
  return memoryLimit > 0 && memory / memoryLimit > 0.9 ? 'red' : undefined;
}
