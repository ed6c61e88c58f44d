import path from 'node:path';
import type { MakeInvocation } from '@switchyard/tools/make/run';

/** The project whose preparations bring environments up. */
export interface PreparingProject {
  readonly workspaceRoot: string;
  /** Nx's name. */
  readonly name: string;
  /** Relative to the workspace. */
  readonly root: string;
}

type Around = NonNullable<MakeInvocation['aroundPreparation']>;

/**
 * What is done around preparations that bring compose environments up (`dev-up=dev`): they are recorded before they begin,
 * and taken down again when they are interrupted. Nothing of it is loaded for other preparations.
 */
export function aroundPreparations(
  environments: readonly string[],
  project: PreparingProject,
): { readonly aroundPreparation?: Around } {
  const named = environments.map((word) => {
    const end = word.lastIndexOf('=');
    return { preparation: word.slice(0, end), environment: word.slice(end + 1) };
  });
  if (named.length === 0) return {};
  return {
    aroundPreparation: async (preparation, work, invocation) => {
      const wanted = new Set(
        named.flatMap((one) => (one.preparation === preparation ? [one.environment] : [])),
      );
      if (wanted.size === 0) return await work();
      const { platformEnvironments, recordBringUp } = await import('@switchyard/tools/compose');
      const found = platformEnvironments({
        workspaceRoot: project.workspaceRoot,
        projects: [{ name: project.name, root: path.join(project.workspaceRoot, project.root) }],
        // The recipe knows nothing of worktrees.
        isolate: false,
      }).filter(({ name }) => wanted.has(name));
      const { name, environment = process.env, run, signal, onOutput, report } = invocation;
      const asked = {
        name,
        environment,
        report,
        run: run ?? environment['SWITCHYARD_RUN'] ?? String(process.pid),
        ...(signal === undefined ? {} : { signal }),
        ...(onOutput === undefined ? {} : { onOutput }),
      };
      const down = environment['SWITCHYARD_DOWN'] === 'true';
      const recorded = found.reduce((inner, one) => () => recordBringUp(one, { down }, asked, inner), work);
      return await recorded();
    },
  };
}
