import type { ExecutorContext } from '@nx/devkit';

/** The project whose target is run; none when it is the root, whose targets are for all projects. */
export function ownProjects({ projectName, projectsConfigurations }: ExecutorContext): readonly string[] {
  const root = projectsConfigurations.projects[projectName ?? '']?.root;
  return projectName === undefined || root === undefined || root === '.' || root === '' ? [] : [projectName];
}
