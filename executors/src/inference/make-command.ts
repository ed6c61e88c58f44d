import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { InferredTarget } from '@switchyard/tools/make';
import { broughtUpWord, type BroughtUp } from './compose-locks.ts';

/** Words that a shell takes as they are, and that neither Nx nor run-commands reads anything into. */
const plainWord = /^[\w.,:=@%+/-]+$/;

/** The launcher's command line for a target, or undefined where a name in it cannot stand in a shell command as it is. */
export function makeCommand(
  launcher: string,
  target: InferredTarget,
  environments: readonly BroughtUp[] = [],
): string | undefined {
  const words = [
    target.makeTarget,
    ...target.dependsOn.flatMap((name) => ['-o', name]),
    ...target.preparations.flatMap((name) => ['--prepare', name]),
    ...environments.flatMap((found) => ['--environment', broughtUpWord(found)]),
    ...target.locks.flatMap((name) => ['--lock', name]),
    ...(target.timeout === undefined ? [] : ['--timeout', target.timeout]),
  ];
  if (!words.every((word) => plainWord.test(word)) || target.makeTarget.startsWith('-')) return undefined;
  return [launcher, ...words].join(' ');
}

const bin = path.resolve(import.meta.dirname, '..', '..', 'bin', 'switchyard-make');

/**
 * How commands run in `projectRoot` name the launcher: by its bare name where it is linked into the workspace's
 * node_modules/.bin, which Nx puts on the PATH; else by a path that is the same in every clone.
 */
export function launcherFor(workspaceRoot: string): (projectRoot: string) => string {
  if (isLauncher(path.join(workspaceRoot, 'node_modules', '.bin', 'switchyard-make')))
    return () => 'switchyard-make';
  const installed = ['node_modules', '.nx/installation/node_modules']
    .map((folder) => path.join(workspaceRoot, folder, '@switchyard', 'executors', 'bin', 'switchyard-make'))
    .find(isLauncher);
  const launcher = installed ?? bin;
  return (projectRoot) => path.relative(path.join(workspaceRoot, projectRoot), launcher);
}

function isLauncher(file: string): boolean {
  return existsSync(file) && realpathSync(file) === realpathSync(bin);
}
