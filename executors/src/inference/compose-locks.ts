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

/** An environment that a preparation brings up, and its name in the project. */
export interface BroughtUp {
  readonly preparation: string;
  readonly environment: string;
}

/** How the launcher and the executor are told: `dev-up=dev`. */
export function broughtUpWord({ preparation, environment }: BroughtUp): string {
  return `${preparation}=${environment}`;
}

/** Stands for the name of the checkout's folder, which is another one in each clone. */
export const workspaceName = '@workspace';

/** The locks that a target's recipe is run under, in the launcher's words: `compose:api-dev:shared`. */
export function composeLocks(target: InferredTarget, project: ProjectEnvironments): readonly string[] {
  const modes = new Map<string, string>();
  const wish = (lock: string, mode: string): void => {
    const known = modes.get(lock) ?? mode;
    modes.set(lock, known === mode ? mode : 'exclusive');
  };
  for (const use of [...(target.compose ?? []), ...(target.prepared ?? [])]) {
    const used = environmentsOf(use, project);
    const own = composeProjectOf(use, used, project);
    if (own !== undefined) wish(`compose:${own}`, use.mode);
    for (const environment of used) {
      const { composeProject } = environment;
      const named = portable(composeProject, environment, project);
      wish(`compose:${named}`, use.mode);
      // Checks inside one environment stay side by side; those of the other one have to wait.
      const mode = use.mode === 'shared' ? `shared=${named}` : use.mode;
      for (const lock of project.sharedResources.get(composeProject) ?? []) wish(lock, mode);
    }
  }
  return [...modes].map(([lock, mode]) => (mode === 'exclusive' ? lock : `${lock}:${mode}`)).toSorted();
}

/** The project's environments that a target's preparations bring up. */
export function broughtUp(target: InferredTarget, project: ProjectEnvironments): readonly BroughtUp[] {
  return (target.prepared ?? []).flatMap((prepared: PreparedEnvironment) =>
    environmentsOf(prepared, project)
      .filter((found) => project.environments.includes(found))
      // Under another name it is another environment, which only the recipe knows.
      .filter(
        (found) =>
          composeProjectOf(prepared, [found], project) === portable(found.composeProject, found, project),
      )
      .map(({ name }) => ({ preparation: prepared.preparation, environment: name })),
  );
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
function composeProjectOf(
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
function portable(name: string, environment: NamedEnvironment, project: ProjectEnvironments): string {
  const { workspaceRoot, normalize } = project;
  const isWorkspace =
    environment.folder === workspaceRoot && name === normalize(path.basename(workspaceRoot));
  return isWorkspace ? workspaceName : name;
}
