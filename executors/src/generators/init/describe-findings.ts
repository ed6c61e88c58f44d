import type { Kind } from '@switchyard/tools/make';
import type { InferredWorkspace } from '../../inference/infer-workspace.ts';

const plurals: Record<Kind, readonly [string, string]> = {
  check: ['check', 'checks'],
  build: ['build', 'builds'],
  service: ['service', 'services'],
  interactive: ['interactive target', 'interactive targets'],
  action: ['action', 'actions'],
};

/** `Found 4 Makefiles, 151 targets: 38 checks, 9 builds, 12 services, 92 actions.`, the environments, and what to try next. */
export function describeFindings(
  { records, projects, warnings }: InferredWorkspace,
  wasRegistered: boolean,
): string {
  const targets = [...records.values()].flatMap((record) => record.targets);
  const counts = new Map<Kind, number>();
  for (const { kind } of targets) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const order: readonly Kind[] = ['check', 'build', 'service', 'interactive', 'action'];
  const parts = order.flatMap((kind) => {
    const count = counts.get(kind);
    return count === undefined ? [] : [amount(count, plurals[kind])];
  });
  const makefiles = [...records.values()].filter(({ makefile }) => makefile !== undefined).length;
  const environments = [...records.values()].flatMap(({ compose }) => compose?.environments ?? []).length;
  const found = `${amount(makefiles, ['Makefile', 'Makefiles'])}, ${amount(targets.length, ['target', 'targets'])}`;
  const remarks = [...warnings, ...[...records.values()].flatMap((record) => record.unanswered ?? [])];
  const needShell = [...records]
    .filter(([, record]) => record.problem !== undefined || record.unanswered !== undefined)
    .map(([root]) => root);
  return [
    '',
    wasRegistered
      ? '@switchyard/executors is registered in nx.json already.'
      : 'Registered @switchyard/executors in nx.json.',
    `Found ${found}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.`,
    ...(environments === 0
      ? []
      : [`Found ${amount(environments, ['compose environment', 'compose environments'])}.`]),
    ...remarks.slice(0, 10).map((remark) => `  ! ${remark}`),
    ...(remarks.length > 10 ? [`  ! and ${remarks.length - 10} more`] : []),
    ...(needShell.length === 0
      ? []
      : [
          '',
          `If you trust this repository, let GNU make itself read these: "evaluateShell": ${JSON.stringify(needShell)}`,
        ]),
    '',
    ...nextSteps(
      targets.filter(({ kind }) => kind === 'check').map(({ makeTarget }) => makeTarget),
      [...projects.values()].map(({ configuration }) => configuration.name ?? ''),
    ),
  ].join('\n');
}

function amount(count: number, [one, many]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Commands that work here: with targets and a project that exist. */
function nextSteps(checks: readonly string[], projects: readonly string[]): string[] {
  const project = projects[0];
  if (project === undefined)
    return ['There is no Makefile or compose file yet; targets appear here as soon as there is one.'];
  const common = [...new Set(checks)]
    .toSorted((a, b) => occurrences(checks, b) - occurrences(checks, a))
    .slice(0, 2)
    .join(' ');
  return [
    'Try next:',
    ...(common === ''
      ? []
      : [
          `  nx run-many -t ${common}      run these in all projects, in parallel; run it twice`,
          `  nx affected -t ${common}      only what a change touches`,
        ]),
    `  nx show project ${project}      its targets`,
    '  nx graph      how the projects hang together',
  ];
}

function occurrences(list: readonly string[], item: string): number {
  return list.filter((other) => other === item).length;
}
