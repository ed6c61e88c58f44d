import { existsSync } from 'node:fs';
import path from 'node:path';
import { readRegularFile } from '@switchyard/tools/file';
import { z } from 'zod';

const manifest = z.object({
  name: z.string().optional().catch(undefined),
  nx: z.looseObject({ name: z.string().optional() }).optional().catch(undefined),
  workspaces: z
    .union([
      z.array(z.string()),
      z.object({ packages: z.array(z.string()) }).transform((one) => one.packages),
    ])
    .optional()
    .catch(undefined),
});

/**
 * Names of projects that Nx makes of package.json and project.json files in folders without a Makefile. Nx refuses
 * the whole workspace where two projects have one name, so none of ours may take one of these.
 */
export function foreignNames(
  workspaceRoot: string,
  files: readonly string[],
  own: ReadonlySet<string>,
): ReadonlySet<string> {
  const read = (file: string): z.infer<typeof manifest> => {
    try {
      const text = readRegularFile(path.join(workspaceRoot, file), { largest: 2 * 1024 * 1024 });
      return text === undefined ? {} : (manifest.safeParse(JSON.parse(text)).data ?? {});
    } catch {
      return {};
    }
  };
  const members = read('package.json').workspaces ?? [];
  const any = existsSync(path.join(workspaceRoot, 'pnpm-workspace.yaml'));
  const isMember = (root: string): boolean =>
    any || members.some((glob) => path.matchesGlob(root, glob.replace(/^\.\//, '').replace(/\/$/, '')));
  const names = new Set<string>();
  for (const file of files) {
    const root = path.posix.dirname(file);
    if (own.has(root)) continue;
    const found = read(file);
    const isProject = path.posix.basename(file) === 'project.json';
    if (!isProject && found.nx === undefined && !isMember(root)) continue;
    names.add(found.nx?.name ?? found.name ?? path.posix.basename(root));
  }
  return names;
}
