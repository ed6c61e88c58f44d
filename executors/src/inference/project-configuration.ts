import path from 'node:path';
import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import type { InferenceOptions } from '@switchyard/tools/make';
import { composeInputs } from './compose-inputs.ts';
import { broughtUp, composeLocks } from './compose-locks.ts';
import type { PlatformProject } from './compose-platform.ts';
import { composeTargets, platformTargets } from './compose-targets.ts';
import { nxTarget } from './nx-target.ts';
import type { ProjectRecord } from './project-record.ts';
import { sharedInputs } from './shared-inputs.ts';

/** What the configuration of a project needs to know besides its record. */
export interface ConfigurationContext {
  readonly workspaceRoot: string;
  readonly root: string;
  readonly name: string;
  readonly options: InferenceOptions;
  readonly launcher: string;
  readonly hasNested: boolean;
  /** The folders of all projects. */
  readonly roots: readonly string[];
  /** Nx makes targets of the package's scripts. */
  readonly ownsScripts: boolean;
  readonly platform?: PlatformProject;
  /** This is the root of a workspace with environments. */
  readonly isPlatform: boolean;
}

/** A project in Nx's words. */
export function projectConfiguration(
  record: ProjectRecord,
  context: ConfigurationContext,
): ProjectConfiguration {
  const { platform } = context;
  const scripts = new Set(context.ownsScripts ? record.scripts : []);
  const targets = makeTargets(record, scripts, context);
  const isTaken = (name: string): boolean => name in targets || scripts.has(name);
  if (context.isPlatform) Object.assign(targets, platformTargets(isTaken));
  if (platform !== undefined && record.compose !== undefined)
    Object.assign(
      targets,
      composeTargets(platform.here, {
        prefix: context.options.composeTargetPrefix,
        inputs: composeInputs(context.workspaceRoot, context.root, record.compose),
        hasDatabaseTargets: context.isPlatform,
        isTaken,
      }),
    );
  return {
    root: context.root,
    name: context.name,
    metadata: metadataOf(record, context),
    targets,
  };
}

function makeTargets(
  record: ProjectRecord,
  scripts: ReadonlySet<string>,
  { workspaceRoot, root, options, launcher, hasNested, roots, platform }: ConfigurationContext,
): Record<string, TargetConfiguration> {
  const nameOf = (target: string): string => {
    const prefixed = `${options.prefix}${target}`;
    return scripts.has(prefixed) ? `make:${prefixed}` : prefixed;
  };
  const project = {
    root,
    options,
    launcher,
    hasNested,
    sharedInputs: sharedInputs(workspaceRoot, root, record, roots),
    nameOf,
  };
  // One that another depends on has to be there: make is told that it is done.
  const needed = new Set(record.targets.flatMap(({ dependsOn }) => dependsOn));
  const shown = record.targets.filter(
    ({ makeTarget }) =>
      options.scripts === 'beside' ||
      needed.has(makeTarget) ||
      !scripts.has(`${options.prefix}${makeTarget}`),
  );
  return Object.fromEntries(
    shown.map((target) => {
      const environments = platform === undefined ? [] : broughtUp(target, platform);
      const locks = platform === undefined ? [] : composeLocks(target, platform);
      const whole = locks.length === 0 ? target : { ...target, locks: [...target.locks, ...locks] };
      return [nameOf(target.makeTarget), nxTarget(whole, { ...project, environments })];
    }),
  );
}

function metadataOf(
  record: ProjectRecord,
  { platform, isPlatform }: ConfigurationContext,
): NonNullable<ProjectConfiguration['metadata']> {
  const remarks = [record.problem, record.unanswered].filter((remark) => remark !== undefined);
  const hasEnvironments = platform !== undefined && platform.here.length > 0;
  const problems = platform?.here.flatMap((environment) => environment.problems) ?? [];
  return {
    technologies: [
      ...(record.makefile === undefined ? [] : ['make']),
      ...(hasEnvironments || isPlatform ? ['docker', 'compose'] : []),
    ],
    ...(remarks.length === 0 ? {} : { makeWarnings: remarks }),
    ...(problems.length === 0 ? {} : { composeWarnings: [...new Set(problems)] }),
    ...(hasEnvironments ? { compose: { environments: describe(platform) } } : {}),
  };
}

/** By environment: what the engine knows it as, its files, and its services. */
function describe({ here, folder }: PlatformProject): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    here.map(({ name, composeProject, files, services }) => [
      name,
      {
        composeProject,
        files: files.map((file) => path.relative(folder, file)),
        services: services.map((service) => service.name),
      },
    ]),
  );
}
