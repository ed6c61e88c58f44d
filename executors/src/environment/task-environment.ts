import {
  platformEnvironments,
  sharedResources,
  type ComposeInvocation,
  type NamedEnvironment,
} from '@switchyard/tools/compose';
import type { TaskPlace } from './task-place.ts';

/** The environment that a task is meant for, or why it is not clear which. */
export type TaskEnvironment =
  | {
      readonly kind: 'found';
      readonly environment: NamedEnvironment;
      /** Locks of what it shares with other environments. */
      readonly resources: readonly string[];
    }
  | { readonly kind: 'unusable'; readonly message: string };

/** What was read of a workspace in this process; a batch asks for it once a task. */
const read = new Map<string, readonly NamedEnvironment[]>();

/** Finds an environment of the task's project: the one that `wanted` names, else `dev`, else the first. */
export function taskEnvironment(place: TaskPlace, wanted?: string): TaskEnvironment {
  const all = allEnvironments(place);
  const own = all.filter(({ project }) => project === place.project);
  const environment =
    wanted === undefined
      ? (own.find(({ name }) => name === 'dev') ?? own[0])
      : own.find(({ name }) => name === wanted);
  if (environment !== undefined) {
    const resources = sharedResources(all).get(environment.composeProject) ?? [];
    return { kind: 'found', environment, resources };
  }
  const names = own.map(({ name }) => name).join(', ');
  const message =
    own.length === 0
      ? `${place.name}: ${place.project} has no compose environment.\nAdd a compose.yaml to its folder, or compose/dev.yml, compose/test.yml and so on.`
      : `${place.name}: ${place.project} has no environment ${wanted ?? 'dev'}. It has: ${names}.\nChoose one with \`-c NAME\`.`;
  return { kind: 'unusable', message };
}

/** The environments of all projects. */
export function allEnvironments({ workspace, projects, isolate }: TaskPlace): readonly NamedEnvironment[] {
  const key = JSON.stringify([workspace, isolate]);
  const known = read.get(key);
  if (known !== undefined) return known;
  const environments = platformEnvironments({ workspaceRoot: workspace, projects, isolate });
  read.set(key, environments);
  return environments;
}

/** Reports what is wrong with the files of an environment, a sentence a line. */
export function reportProblems(environment: NamedEnvironment, invocation: ComposeInvocation): void {
  for (const problem of environment.problems) invocation.report(`${invocation.name}: ${problem}`);
}
