import type { NamedEnvironment } from '../compose/index.ts';

/** All that a workspace runs in containers. */
export interface Platform {
  /** Absolute. */
  readonly workspaceRoot: string;
  readonly environments: readonly NamedEnvironment[];
}

/** Which part of a platform is meant; what is absent or empty means all. */
export interface PlatformFilter {
  readonly projects?: readonly string[] | undefined;
  readonly environments?: readonly string[] | undefined;
  readonly services?: readonly string[] | undefined;
}

/** What a filter leaves of a platform, or which of its words fits nothing. */
export type PlatformSelection =
  | { readonly kind: 'selected'; readonly environments: readonly NamedEnvironment[] }
  | { readonly kind: 'unknown'; readonly message: string };

/** The environments that a filter means: those of the projects, of these names, with at least one of the services. */
export function selectEnvironments({ environments }: Platform, filter: PlatformFilter): PlatformSelection {
  const wanted = (words: readonly string[] | undefined, name: string): boolean =>
    words === undefined || words.length === 0 || words.includes(name);
  const message =
    unknownWord(
      'project',
      filter.projects,
      environments.map(({ project }) => project),
    ) ??
    unknownWord(
      'environment',
      filter.environments,
      environments.map(({ name }) => name),
    ) ??
    unknownWord(
      'service',
      filter.services,
      environments.flatMap(({ services }) => services.map(({ name }) => name)),
    );
  if (message !== undefined) return { kind: 'unknown', message };
  return {
    kind: 'selected',
    environments: environments.filter(
      ({ project, name, services }) =>
        wanted(filter.projects, project) &&
        wanted(filter.environments, name) &&
        (services.length === 0 || services.some((service) => wanted(filter.services, service.name))),
    ),
  };
}

function unknownWord(
  kind: 'project' | 'environment' | 'service',
  words: readonly string[] | undefined,
  known: readonly string[],
): string | undefined {
  const word = words?.find((candidate) => !known.includes(candidate));
  if (word === undefined) return undefined;
  const names = [...new Set(known)].sort();
  const whole = kind === 'project' ? 'project with compose files' : kind;
  return names.length === 0
    ? `No ${whole} is called ${word}: this workspace has none.`
    : `No ${whole} is called ${word}.\nThere ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.`;
}
