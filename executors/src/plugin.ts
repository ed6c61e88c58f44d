import type { CreateDependencies, CreateNodes, PreTasksExecution } from '@nx/devkit';
import { parseInferenceOptions } from '@switchyard/tools/make';
import { inferWorkspace } from './inference/infer-workspace.ts';
import { projectDependencies } from './inference/project-dependencies.ts';
import type { ProjectRecord } from './inference/project-record.ts';

export const name = '@switchyard/executors';

/** What the last inference read; Nx asks for the dependencies right after it, in the same process. */
let lastRecords: ReadonlyMap<string, ProjectRecord> = new Map();

/** Makes a project of each folder with a Makefile, and a target of each of its targets. Runs nothing of them. */
export const createNodes: CreateNodes = [
  '**/{GNUmakefile,makefile,Makefile,package.json,project.json}',
  async (files, options, context) => {
    const inferred = await inferWorkspace(context.workspaceRoot, files, parseInferenceOptions(options));
    lastRecords = inferred.records;
    warn(inferred.warnings);
    return [...inferred.projects].map(([root, { makefile, configuration }]) => [
      makefile,
      { projects: { [root]: configuration } },
    ]);
  },
];

export const createDependencies: CreateDependencies = (_options, context) => {
  const projects = new Map(
    Object.entries(context.projects).map(([projectName, { root }]) => [root, projectName]),
  );
  return projectDependencies(context.workspaceRoot, lastRecords, projects);
};

/** Tells the launchers which nx command they belong to and how its arguments were written. */
export const preTasksExecution: PreTasksExecution = (_options, { id, argv }) => {
  process.env['SWITCHYARD_RUN'] = id;
  process.env['SWITCHYARD_ARGV'] = JSON.stringify(argv);
  if (argv.some((word) => /^--dry-?run(=true)?$/i.test(word))) process.env['SWITCHYARD_DRY_RUN'] = '1';
};

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
