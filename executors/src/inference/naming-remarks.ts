import path from 'node:path';
import type { NamedEnvironment } from '@switchyard/tools/compose';
import type { ComposeUse, InferredTarget } from '@switchyard/tools/make';
import { placedUses, portable, workspaceName, type ProjectEnvironments } from './placed-uses.ts';

/** What to tell of recipes that call the files of an environment by another name than Switchyard does. */
export function namingRemarks(
  targets: readonly InferredTarget[],
  project: ProjectEnvironments,
): readonly string[] {
  const others = new Map<string, { environment: NamedEnvironment; use: ComposeUse; own: string }>();
  const agreed = new Set<NamedEnvironment>();
  for (const { use, used, own } of targets.flatMap((target) => placedUses(target, project))) {
    const [environment] = used;
    if (environment === undefined || used.length > 1 || own === undefined) continue;
    if (portable(environment.composeProject, environment, project) === own) agreed.add(environment);
    else {
      const key = `${environment.composeProject} ${own}`;
      if (!others.has(key)) others.set(key, { environment, use, own });
    }
  }
  // Whoever uses the name too has another one for a reason.
  return [...others.values()].flatMap(({ environment, use, own }) =>
    agreed.has(environment) ? [] : [otherName(environment, use, own, project)],
  );
}

function otherName(
  { composeProject, files }: NamedEnvironment,
  { makeTarget, project: said }: ComposeUse,
  own: string,
  { folder }: ProjectEnvironments,
): string {
  const file = path.relative(folder, files.at(-1) ?? folder);
  const name = own === workspaceName ? 'the name of its folder' : own;
  const better = said === undefined ? composeProject : own;
  return `make ${makeTarget} calls ${file} the compose project ${name}, and Switchyard ${composeProject}: these are different containers. Write \`name: ${better}\` in ${file}, or \`-p ${composeProject}\` in the recipe.`;
}
