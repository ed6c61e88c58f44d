import path from 'node:path';
import type { NamedEnvironment } from '@switchyard/tools/compose';
import type { ComposeUse, InferredTarget, PreparedEnvironment } from '@switchyard/tools/make';

/** What is known of a project's environments, for saying what its recipes work with. */
export interface ProjectEnvironments {
  /** Absolute. */
  readonly folder: string;
  readonly workspaceRoot: string;
  readonly environments: readonly NamedEnvironment[];
  /** Those of all projects: a recipe may work with another one's. */
  readonly all: readonly NamedEnvironment[];
  /** Locks for what an environment shares with others, by its compose project. */
  readonly sharedResources: ReadonlyMap<string, readonly string[]>;
  readonly normalize: (name: string) => string;
}

/** Stands for the name of the checkout's folder, which is another one in each clone. */
export const workspaceName = '@workspace';

/** Stands for the name of a linked worktree, at the end of one that has it there. */
export const worktreeEnding = '-@worktree';

/** A use of an environment, and what is known of its place. */
export interface PlacedUse {
  readonly use: ComposeUse | PreparedEnvironment;
  readonly used: readonly NamedEnvironment[];
  /** The compose project, where it can be made out. */
  readonly own: string | undefined;
  /** In a linked worktree it is another compose project: by its recipe, or because the launcher can name it. */
  readonly perWorktree: boolean;
}

/** What a target and its preparations do with Compose, each with the environments that it means. */
export function placedUses(target: InferredTarget, project: ProjectEnvironments): readonly PlacedUse[] {
  const found = [...(target.compose ?? []), ...(target.prepared ?? [])].map((use) => {
    const used = environmentsOf(use, project);
    return { use, used, own: composeProjectOf(use, used, project) };
  });
  // One variable names what recipes do not name themselves: COMPOSE_PROJECT_NAME.
  const isOne = new Set(found.map(({ own }) => own)).size === 1;
  return found.map(({ use, used, own }) => {
    const canBeNamed =
      isOne &&
      use.project === undefined &&
      used.length === 1 &&
      used.every((one) => portable(one.composeProject, one, project) === own);
    return { use, used, own, perWorktree: own !== undefined && (use.perWorktree === true || canBeNamed) };
  });
}

/** The environments with the files that a call names; all of them where that cannot be made out. */
function environmentsOf(use: ComposeUse, project: ProjectEnvironments): readonly NamedEnvironment[] {
  const { folder, environments, all } = project;
  if (use.files === undefined) {
    const named = all.filter(({ composeProject }) => composeProject === use.project);
    return use.project === undefined ? environments : named;
  }
  if (use.files.length === 0) {
    const where = path.resolve(folder, use.folder);
    return all.filter(({ files }) => {
      const [first = ''] = files;
      return path.dirname(first) === where && plainName.test(path.basename(first)) && files.every(isPlain);
    });
  }
  const files = use.files.map((file) => path.resolve(folder, file));
  const same = all.filter((found) => found.files.join('\0') === files.join('\0'));
  return same.length > 0 ? same : all.filter((found) => found.files.at(-1) === files.at(-1));
}

const plainName = /^(?:docker-)?compose\.ya?ml$/;

function isPlain(file: string): boolean {
  return /^(?:docker-)?compose(?:\.override)?\.ya?ml$/.test(path.basename(file));
}

/** The compose project that a call works with: the name that it gives, or its files give, or else that of their folder. */
export function composeProjectOf(
  use: ComposeUse,
  used: readonly NamedEnvironment[],
  project: ProjectEnvironments,
): string | undefined {
  if (use.project !== undefined) return use.project;
  if (use.unknownProject === true || use.files === undefined) return undefined;
  for (const environment of used)
    if (environment.declaredName !== undefined)
      return portable(environment.declaredName, environment, project);
  const [first] = use.files;
  const folder = path.resolve(project.folder, first === undefined ? use.folder : path.dirname(first));
  const name = project.normalize(path.basename(folder));
  return name === '' ? undefined : folder === project.workspaceRoot ? workspaceName : name;
}

/** The name of an environment as it is in every clone: that of the workspace's own folder stands in no command. */
export function portable(name: string, environment: NamedEnvironment, project: ProjectEnvironments): string {
  const { workspaceRoot, normalize } = project;
  const isWorkspace =
    environment.folder === workspaceRoot && name === normalize(path.basename(workspaceRoot));
  return isWorkspace ? workspaceName : name;
}
