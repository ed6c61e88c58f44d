import type { ExecutorContext } from '@nx/devkit';
import { actOnSnapshots, renderSnapshots, snapshotDocument } from '@switchyard/tools/database';
import { ownProjects } from '../../platform/own-projects.ts';
import { platformFilter } from '../../platform/platform-options.ts';
import { runOperation } from '../../platform/run-operation.ts';
import { underStopSignal } from '../../platform/under-stop-signal.ts';
import { askOnTerminal } from './ask-on-terminal.ts';
import { dbSnapshotOptions } from './options.ts';

/** Creates, restores, lists or deletes snapshots of the databases of a project, or of the platform. */
export default function executor(options: unknown, context: ExecutorContext): Promise<{ success: boolean }> {
  const task = `${context.projectName ?? ''}:${context.targetName ?? 'db:snapshot'}`;
  return runOperation(
    {
      schema: dbSnapshotOptions,
      options,
      context,
      // Snapshots outlive their environments, so the environment is looked for by what is done with it.
      filter: ({ projects }) => platformFilter({ projects: projects ?? ownProjects(context) }),
    },
    (given, { platform, environments, filter, style, write, report }) =>
      underStopSignal(async (signal) => {
        const { action, name, environment, service, database, from, replace, yes, dryRun, up, json } = given;
        const [project, ...others] = filter.projects ?? [];
        const result = await actOnSnapshots(
          {
            ...{ action, name, environment, service, database, from, replace, dryRun, up, environments },
            project: others.length > 0 ? undefined : project,
            confirm: (question) => (yes ? Promise.resolve(true) : askOnTerminal(task, question)),
          },
          { task, workspaceRoot: platform.workspaceRoot, signal, report },
        );
        const document = result.kind === 'list' ? snapshotDocument(result.snapshots) : result;
        if (json) write(`${JSON.stringify(document, undefined, 2)}\n`);
        else if (result.kind === 'list') write(renderSnapshots(result.snapshots, style));
        else for (const line of result.lines) write(`${line}\n`);
        return result.kind !== 'declined';
      }),
  );
}
