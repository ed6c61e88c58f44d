import type { TargetConfiguration } from '@nx/devkit';
import type { InferenceOptions, InferredTarget } from '@switchyard/tools/make';
import { broughtUpWord, type BroughtUp } from './compose-locks.ts';
import { makeCommand } from './make-command.ts';

/** What a target's configuration needs to know of its project. */
export interface ProjectContext {
  /** Relative to the workspace; `.` for the root. */
  readonly root: string;
  readonly options: InferenceOptions;
  readonly launcher: string;
  /** Other projects lie below this one: its recipes may read their files. */
  readonly hasNested: boolean;
  /** Input patterns for what lies outside the project and counts for all its targets. */
  readonly sharedInputs: readonly string[];
  /** The environments that the target's preparations bring up. */
  readonly environments: readonly BroughtUp[];
  /** The Nx name of each of the project's make targets. */
  readonly nameOf: (makeTarget: string) => string;
}

/** An inferred target in Nx's words. */
export function nxTarget(target: InferredTarget, project: ProjectContext): TargetConfiguration {
  const cached = target.kind === 'check' || target.kind === 'build';
  return {
    ...(target.runs === 'nothing' ? { executor: 'nx:noop' } : runner(target, project)),
    ...(target.dependsOn.length === 0
      ? {}
      : { dependsOn: target.dependsOn.map((name) => ownTarget(project.nameOf(name))) }),
    ...(target.kind === 'service' ? { continuous: true } : {}),
    ...(cached && target.runs === 'make'
      ? {
          cache: true,
          inputs: inputsOf(target, project),
          outputs: target.outputs.map((file) => `{projectRoot}/${file}`),
        }
      : { cache: false }),
    metadata: {
      technologies: ['make'],
      description: target.description ?? `make ${target.makeTarget}`,
      make: {
        kind: target.kind,
        because: target.reason,
        ...(target.whole === undefined ? {} : { whole: target.whole }),
      },
    },
  };
}

/**
 * `make verify CASE=x` is for the recipes of `lint` and `test` too, so Nx forwards options. (And as a plain text,
 * `make:lint` would be the target `lint` of a project `make`, where there is one.)
 */
function ownTarget(name: string): Dependency {
  return { target: name, params: 'forward' };
}

function runner(
  target: InferredTarget,
  { root, options, launcher, environments }: ProjectContext,
): TargetConfiguration {
  const command = options.batch ? undefined : makeCommand(launcher, target, environments);
  if (command !== undefined) return { executor: 'nx:run-commands', options: { command, cwd: root } };
  return {
    executor: '@switchyard/executors:make',
    options: {
      target: target.makeTarget,
      ...(target.dependsOn.length === 0 ? {} : { upToDate: [...target.dependsOn] }),
      ...(target.preparations.length === 0 ? {} : { preparations: [...target.preparations] }),
      ...(environments.length === 0 ? {} : { environments: environments.map(broughtUpWord) }),
      ...(target.locks.length === 0 ? {} : { locks: [...target.locks] }),
      ...(target.timeout === undefined ? {} : { timeout: target.timeout }),
    },
  };
}

type Dependency = NonNullable<TargetConfiguration['dependsOn']>[number];
type Input = NonNullable<TargetConfiguration['inputs']>[number];

function inputsOf(target: InferredTarget, { root, hasNested, sharedInputs }: ProjectContext): Input[] {
  const below = root === '.' ? '{workspaceRoot}' : `{workspaceRoot}/${root}`;
  return [
    'default',
    '^default',
    ...(hasNested ? [`${below}/**/*`] : []),
    ...target.inputs.map((file) =>
      file.startsWith('../') ? fromWorkspace(root, file) : `{projectRoot}/${file}`,
    ),
    ...sharedInputs,
    ...[...target.environment, 'SWITCHYARD_DRY_RUN'].map((env) => ({ env })),
    { externalDependencies: [] },
  ];
}

function fromWorkspace(root: string, file: string): string {
  const parts = root === '.' ? [] : root.split('/');
  for (const part of file.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return `{workspaceRoot}/${parts.join('/')}`;
}
