import type { ExecutorContext } from '@nx/devkit';

/** A target of a project, perhaps in a configuration. */
export interface TargetReference {
  readonly project: string;
  readonly target: string;
  readonly configuration?: string | undefined;
}

/** The options of a target as they are configured, without those of the command line. */
export function configuredOptions(
  { projectsConfigurations }: Pick<ExecutorContext, 'projectsConfigurations'>,
  { project, target, configuration }: TargetReference,
): Readonly<Record<string, unknown>> {
  const configured = projectsConfigurations.projects[project]?.targets?.[target];
  const name = configuration ?? configured?.defaultConfiguration;
  const options: unknown = configured?.options;
  const more: unknown = name === undefined ? undefined : configured?.configurations?.[name];
  return { ...fields(options), ...fields(more) };
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
