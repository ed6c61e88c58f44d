import path from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import type { ComposeRecord } from './compose-record.ts';

type Inputs = NonNullable<TargetConfiguration['inputs']>;

/**
 * What decides whether compose files are sound: the files, those that they take in, and the variables that they
 * interpolate. Files of variables are mostly not in git, and Nx does not see what git does not: their sums are asked for.
 */
export function composeInputs(
  workspaceRoot: string,
  root: string,
  { files, variables }: Pick<ComposeRecord, 'files' | 'variables'>,
): Inputs {
  const inside = files
    .map((file) => path.relative(workspaceRoot, file))
    .filter((file) => file !== '' && !file.startsWith('..') && !path.isAbsolute(file))
    .toSorted();
  const isYaml = (file: string): boolean => /\.ya?ml$/.test(file);
  const others = inside.filter((file) => !isYaml(file) && !file.includes("'"));
  const below = root === '.' ? '' : `${root}/`;
  return [
    ...inside
      .filter(isYaml)
      .map((file) =>
        file.startsWith(below) ? `{projectRoot}/${file.slice(below.length)}` : `{workspaceRoot}/${file}`,
      ),
    ...variables.map((env) => ({ env })),
    ...(others.length === 0 ? [] : [{ runtime: sums(others) }]),
    { externalDependencies: [] },
  ];
}

/** Of files only: whoever reads a FIFO or a device, which a compose file may name, waits for ever. */
function sums(files: readonly string[]): string {
  const list = files.map((file) => `'${file}'`).join(' ');
  return `for file in ${list}; do if test -f "$file"; then cksum -- "$file"; else echo "no $file"; fi; done 2>&1`;
}
