import path from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { planSetup, runSetup } from '@switchyard/tools/setup';
import { platformFilter, words } from '../../platform/platform-options.ts';
import { runOperation } from '../../platform/run-operation.ts';
import { underStopSignal } from '../../platform/under-stop-signal.ts';
import { setupOptions } from './options.ts';
import { setupBuilds, setupProjects } from './setup-projects.ts';
import { closingLines, progressLine } from './show-progress.ts';

/** Sets this machine up for the platform. */
export default function executor(options: unknown, context: ExecutorContext): Promise<{ success: boolean }> {
  const name = context.targetName ?? 'setup';
  // Projects without containers are set up too, so that not only environments are chosen from.
  const filter = () => platformFilter({});
  return runOperation({ schema: setupOptions, options, context, filter }, (given, operation) =>
    underStopSignal(async (signal) => {
      const { write, report, style } = operation;
      const only = words(given.projects);
      const projects = setupProjects(context, only);
      const unknown = only.filter((wanted) => !projects.some((project) => project.name === wanted));
      if (unknown.length > 0) {
        const known = Object.keys(context.projectsConfigurations.projects).join(', ');
        report(`${name}: there is no project ${unknown.join(', ')}. There are: ${known}.`);
        return false;
      }
      const environments = operation.environments.filter(
        (one) => one.name === given.environment && projects.some((project) => project.name === one.project),
      );
      const platform = {
        workspaceRoot: context.root,
        projects,
        environments,
        builds: setupBuilds(context, projects),
        recordFile: path.join(context.root, '.nx', 'workspace-data', 'switchyard-setup.json'),
      };
      // What programs print goes to standard error: a JSON document stands alone on standard output.
      const onOutput = (chunk: Uint8Array): void => void process.stderr.write(chunk);
      const steps = planSetup(platform, { name, report, onOutput, signal });
      const skip = words(given.skip);
      const strange = skip.filter((id) => !steps.some((step) => step.id === id));
      if (strange.length > 0) {
        const known = steps.map(({ id }) => id).join(', ');
        report(`${name}: there is no step ${strange.join(', ')}. There are: ${known}.`);
        return false;
      }
      const tell = (line: string | undefined): void => {
        if (line !== undefined && !given.json) write(`${line}\n`);
      };
      const outcome = await runSetup(
        steps.filter(({ id }) => !skip.includes(id)),
        {
          dryRun: given.dryRun,
          signal,
          onEvent: (event) => {
            tell(progressLine(event, style));
          },
        },
      );
      for (const line of closingLines(outcome, environments)) tell(line);
      if (given.json) write(`${JSON.stringify(outcome, undefined, 2)}\n`);
      return outcome.kind === 'complete' || outcome.kind === 'planned';
    }),
  );
}
