import path from 'node:path';
import type { ExecutorContext, ProjectConfiguration } from '@nx/devkit';
import { platformEnvironments } from '@switchyard/tools/compose';
import type { SetupPlatform } from '@switchyard/tools/setup';
import type { SetupOptions } from './options.ts';

/** What is to be set up, or why it cannot be. */
export type PlatformChoice =
  | { readonly kind: 'platform'; readonly platform: SetupPlatform }
  | { readonly kind: 'unusable'; readonly message: string };

/** The projects that were asked for, with the environment of each that has it. */
export function readPlatform(context: ExecutorContext, options: SetupOptions): PlatformChoice {
  const all = Object.entries(context.projectsConfigurations.projects);
  const wanted = listOf(options.project);
  const unknown = wanted.filter((name) => !all.some(([project]) => project === name));
  if (unknown.length > 0)
    return {
      kind: 'unusable',
      message: `There is no project ${unknown.join(', ')}. There are: ${all.map(([name]) => name).join(', ')}.`,
    };
  const chosen = all.filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const environments = platformEnvironments({
    workspaceRoot: context.root,
    projects: chosen.map(([name, { root }]) => ({ name, root })),
  });
  return {
    kind: 'platform',
    platform: {
      workspaceRoot: context.root,
      projects: chosen
        .map(([name, project]) => ({
          name,
          folder: path.join(context.root, project.root),
          makeTargets: makeTargets(project),
        }))
        // The root's own `make setup` is a command of people, who may well run this one from it.
        .map((project) =>
          project.folder === path.join(context.root) ? { ...project, makeTargets: [] } : project,
        ),
      environments: environments.filter(({ name }) => name === options.environment),
      recordFile: path.join(context.root, '.nx', 'workspace-data', 'switchyard-setup.json'),
    },
  };
}

/** The names of a project's Makefile's targets: inferred ones say so. */
function makeTargets({ targets = {} }: ProjectConfiguration): readonly string[] {
  return Object.entries(targets).flatMap(([name, { metadata }]) =>
    metadata?.technologies?.includes('make') === true ? [name.replace(/^make:/, '')] : [],
  );
}

/** `a,b` and `[a, b]` alike. */
export function listOf(words: string | readonly string[] | undefined): readonly string[] {
  const list = words === undefined ? [] : typeof words === 'string' ? [words] : words;
  return list
    .flatMap((word) => word.split(','))
    .map((word) => word.trim())
    .filter(Boolean);
}
