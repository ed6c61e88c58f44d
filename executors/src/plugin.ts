import type {
  CreateDependenciesContext,
  CreateNodes,
  PostTasksExecution,
  PreTasksExecution,
} from '@nx/devkit';
import type { InferenceOptions } from '@switchyard/tools/make';
import { defaultOptions } from '@switchyard/tools/make/default-options';
import { inferWorkspace } from './inference/infer-workspace.ts';
import { property } from './inference/json-file.ts';
import { projectDependencies, type ProjectDependency } from './inference/project-dependencies.ts';
import { projectFiles } from './inference/project-folders.ts';
import type { ProjectRecord } from './inference/project-record.ts';

export const name = '@switchyard/executors';

/**
 * What the last inference read, by the options it had: nx.json may name the plugin more than once. Nx asks for the
 * dependencies right after it, in the same process.
 */
const lastRecords = new Map<string, ReadonlyMap<string, ProjectRecord>>();

/**
 * Makes a project of each folder with a Makefile or compose files, with a target for each of its targets and for what can
 * be done with its environments. Runs nothing of them.
 */
export const createNodes: CreateNodes = [
  projectFiles,
  async (files, options, context) => {
    const inferred = await inferWorkspace(context.workspaceRoot, files, await parseOptions(options));
    lastRecords.set(JSON.stringify(options), inferred.records);
    warn(inferred.warnings);
    return [...inferred.projects].map(([root, { source, configuration }]) => [
      source,
      { projects: { [root]: configuration } },
    ]);
  },
];

async function parseOptions(options: unknown): Promise<InferenceOptions> {
  if (options === undefined || options === null) return defaultOptions;
  const { parseInferenceOptions } = await import('@switchyard/tools/make');
  return parseInferenceOptions(options);
}

/** Projects depend on those whose files their Makefiles and manifests name. */
export function createDependencies(
  options: unknown,
  context: CreateDependenciesContext,
): ProjectDependency[] {
  const projects = new Map(
    Object.entries(context.projects).map(([projectName, { root }]) => [root, projectName]),
  );
  const records = lastRecords.get(JSON.stringify(options)) ?? new Map<string, ProjectRecord>();
  return projectDependencies(context.workspaceRoot, records, projects);
}

/** Tells the launchers which nx command they belong to and how its arguments were written. */
export const preTasksExecution: PreTasksExecution = (options, { id, argv }) => {
  process.env['SWITCHYARD_RUN'] = runOf(id);
  process.env['SWITCHYARD_ARGV'] = JSON.stringify(argv);
  if (property(options, 'isolateWorktrees') === false) process.env['SWITCHYARD_ISOLATE_WORKTREES'] = 'false';
  process.env['SWITCHYARD_DOWN'] = String(wantsDown(argv));
  if (argv.some((word) => /^--dry-?run(=true)?$/i.test(word))) process.env['SWITCHYARD_DRY_RUN'] = '1';
};

/** Takes down what was brought up for the tasks of the run, where that is wanted. */
export const postTasksExecution: PostTasksExecution = async (_options, { id, argv }) => {
  if (!wantsDown(argv)) return;
  const { hasRecords } = await import('@switchyard/tools/compose/naming');
  if (!hasRecords()) return;
  const { endOfRun } = await import('@switchyard/tools/compose');
  const report = (line: string): void => void process.stderr.write(`${line}\n`);
  await endOfRun(runOf(id), { down: true }, { name: 'nx', report });
};

/** It begins with the process that outlives the run: what a dead one left behind can be recognised. */
function runOf(id: string): string {
  return `${process.ppid}-${id}`;
}

/** On a machine for CI nothing is left up, nor anywhere else when nx is called with `--down`. */
function wantsDown(argv: readonly string[]): boolean {
  const said = argv.findLast((word) => /^--(?:no-)?down(?:=|$)/.test(word));
  if (said !== undefined) return said === '--down' || said === '--down=true';
  const { SWITCHYARD_DOWN: asked, CI: machine = '' } = process.env;
  return asked === undefined ? !['', '0', 'false'].includes(machine) : asked === 'true';
}

const shownWarnings = 5;

/** Nx reads the standard output of plugins: warnings go to standard error. */
function warn(warnings: readonly string[]): void {
  for (const warning of warnings.slice(0, shownWarnings)) process.stderr.write(`switchyard: ${warning}\n`);
  if (warnings.length > shownWarnings) {
    const more = warnings.length - shownWarnings;
    process.stderr.write(
      `switchyard: and ${more} more; each project shows its own in \`nx show project NAME --json\`.\n`,
    );
  }
}
