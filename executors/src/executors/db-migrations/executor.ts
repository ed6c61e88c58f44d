import type { ExecutorContext } from '@nx/devkit';
import { platformMigrations, renderMigrations } from '@switchyard/tools/database';
import { ownProjects } from '../../platform/own-projects.ts';
import { platformFilter } from '../../platform/platform-options.ts';
import { runOperation } from '../../platform/run-operation.ts';
import { underStopSignal } from '../../platform/under-stop-signal.ts';
import { dbMigrationsOptions } from './options.ts';

/** Shows the migrations of the databases of a project, or of the platform; fails when they do not fit together. */
export default function executor(options: unknown, context: ExecutorContext): Promise<{ success: boolean }> {
  return runOperation(
    {
      schema: dbMigrationsOptions,
      options,
      context,
      filter: ({ projects, environment }) =>
        platformFilter({ projects: projects ?? ownProjects(context), environment }),
    },
    ({ action, migrations, service, database, up, check, json }, { environments, style, write, report }) =>
      underStopSignal(async (signal) => {
        const name = `${context.projectName ?? ''}:${context.targetName ?? 'db:migrations'}`;
        const found = await platformMigrations(
          { environments, migrations, service, database, up, check },
          { name, signal, report },
        );
        if (json) write(`${JSON.stringify(found, undefined, 2)}\n`);
        else write(renderMigrations(found, action, style));
        return found.problems.length === 0;
      }),
  );
}
