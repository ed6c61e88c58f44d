import path from 'node:path';
import type { ExecutorContext, ProjectConfiguration } from '@nx/devkit';
import type { SetupProject } from '@switchyard/tools/setup';

/** The projects of a workspace as the set-up needs to know them; only those named, where some are. */
export function setupProjects(context: ExecutorContext, only: readonly string[]): readonly SetupProject[] {
  return Object.entries(context.projectsConfigurations.projects)
    .filter(([name]) => only.length === 0 || only.includes(name))
    .map(([name, project]) => {
      const folder = path.join(context.root, project.root);
      // The root's own `make setup` is a command of people, who may well run this one from it.
      const isRoot = path.relative(context.root, folder) === '';
      return { name, folder, makeTargets: isRoot ? [] : makeTargets(project) };
    });
}

/** The names of a project's Makefile's targets: inferred ones say so. */
function makeTargets({ targets = {} }: ProjectConfiguration): readonly string[] {
  return Object.entries(targets).flatMap(([name, { metadata }]) =>
    metadata?.technologies?.includes('make') === true ? [name.replace(/^make:/, '')] : [],
  );
}
