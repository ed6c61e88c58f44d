import path from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import type { ComposeRecord } from './compose-record.ts';
import type { ProjectRecord } from './project-record.ts';

type Dependency = Exclude<NonNullable<TargetConfiguration['dependsOn']>[number], string>;

/** A project with a target that builds what an image may copy. */
export interface BuildingProject {
  /** Absolute. */
  readonly folder: string;
  /** The Nx names of the project and the target. */
  readonly name: string;
  readonly target: string;
}

/**
 * The builds that images of a project's environments need: of the projects that a build context or its Dockerfile lies
 * in. Only builds that are cached: others may do more than build, and `up` would run them every time.
 */
export function imageBuilds(
  folder: string,
  { environments }: Pick<ComposeRecord, 'environments'>,
  { workspaceRoot, builds, folders }: BuildingProjects,
): readonly Dependency[] {
  const contexts = environments.flatMap(({ services }) => services.flatMap(({ build }) => build ?? []));
  const owners = new Set<string>();
  for (const { context, dockerfile } of contexts) {
    for (const place of [context, path.resolve(context, dockerfile)]) {
      const owner = ownerOf(place, folders);
      // The whole workspace is the context of many, and its build is not for them.
      if (owner !== undefined && (owner === folder || owner !== workspaceRoot)) owners.add(owner);
    }
  }
  return builds
    .filter((build) => owners.has(build.folder))
    .map(({ folder: where, name, target }) =>
      where === folder
        ? { target, params: 'ignore' as const }
        : { projects: [name], target, params: 'ignore' as const },
    );
}

/** The projects of a workspace, and those that build. */
export interface BuildingProjects {
  readonly workspaceRoot: string;
  readonly builds: readonly BuildingProject[];
  /** Of all projects; absolute. */
  readonly folders: readonly string[];
}

/** Whether a project's own `build` is cached and has outputs, by itself or by what it consists of. */
export function hasCachedBuild({ targets }: Pick<ProjectRecord, 'targets'>): boolean {
  const build = targets.find(({ makeTarget }) => makeTarget === 'build');
  if (build?.kind !== 'build') return false;
  if (build.runs === 'make') return build.outputs.length > 0;
  return build.dependsOn.some((name) =>
    targets.some(
      ({ makeTarget, kind, outputs }) => makeTarget === name && kind === 'build' && outputs.length > 0,
    ),
  );
}

/** The innermost project around a place. */
function ownerOf(place: string, folders: readonly string[]): string | undefined {
  const around = folders.filter((folder) => place === folder || place.startsWith(`${folder}${path.sep}`));
  return around.toSorted((one, other) => other.length - one.length)[0];
}
