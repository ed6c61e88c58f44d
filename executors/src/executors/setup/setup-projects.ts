import path from 'node:path';
import type { ExecutorContext, ProjectConfiguration } from '@nx/devkit';
import type { SetupProject } from '@switchyard/tools/setup';
import { z } from 'zod';

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

/** The builds that bringing the environments of projects up depends on, as inference has found them. */
export function setupBuilds(
  context: ExecutorContext,
  projects: readonly SetupProject[],
): readonly { readonly project: SetupProject; readonly target: string }[] {
  const all = new Map(setupProjects(context, []).map((project) => [project.name, project]));
  const builds = new Map<string, { project: SetupProject; target: string }>();
  for (const { name } of projects) {
    const { targets = {} } = context.projectsConfigurations.projects[name] ?? {};
    for (const { executor, options, dependsOn = [] } of Object.values(targets)) {
      const { command } = upOptions.parse(options ?? {});
      if (executor !== '@switchyard/executors:compose' || command !== 'up') continue;
      for (const needed of dependsOn) {
        if (typeof needed === 'string') continue;
        for (const owner of [needed.projects ?? name].flat()) {
          const project = all.get(owner);
          const target = needed.target.replace(/^make:/, '');
          if (project?.makeTargets.includes(target) === true)
            builds.set(`${owner}:${target}`, { project, target });
        }
      }
    }
  }
  return [...builds.values()];
}

const upOptions = z.object({ command: z.string().optional().catch(undefined) }).catch({});

/** The names of a project's Makefile's targets: inferred ones say so. */
function makeTargets({ targets = {} }: ProjectConfiguration): readonly string[] {
  return Object.entries(targets).flatMap(([name, { metadata }]) =>
    metadata?.technologies?.includes('make') === true ? [name.replace(/^make:/, '')] : [],
  );
}
