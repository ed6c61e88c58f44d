import { existsSync } from 'node:fs';
import { cp, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { fixtureEnvironment } from './environment.ts';
import type { Surroundings } from './global-setup.ts';
import { mustRun } from './program.ts';

/** The Nx versions that the packages are tried with. `@nx/devkit` has fewer patch releases than `nx`. */
export const NX_VERSIONS = {
  '23.3.1': '23.3.1',
  '24.0.6': '24.0.0',
} as const;

/** One of the Nx versions that the packages are tried with. */
export type NxVersion = keyof typeof NX_VERSIONS;

/** What every fixture starts from: no file of it says anything about Make. */
export const BARE_FILES = {
  'package.json': `${JSON.stringify({ name: 'foreign', version: '1.0.0', private: true }, null, 2)}\n`,
  '.gitignore': 'node_modules/\n.nx/\nout/\n*.log\n',
};

/** A workspace in which Nx and our packages were installed the way a user does it: made once, copied for each fixture. */
export async function installedTemplate(surroundings: Surroundings, nx: NxVersion): Promise<string> {
  const finished = join(surroundings.shared, 'templates', nx);
  if (existsSync(finished)) return finished;
  const folder = join(surroundings.shared, 'unfinished', nx);
  const home = join(surroundings.shared, 'installer');
  await mkdir(folder, { recursive: true });
  await mkdir(home, { recursive: true });
  for (const [name, text] of Object.entries(BARE_FILES)) await writeFile(join(folder, name), text);
  const environment = fixtureEnvironment({ ...surroundings, home });
  const run = async (file: string, ...args: string[]): Promise<string> =>
    await mustRun({ file, args, cwd: folder, environment });
  await run('git', 'init', '--quiet', '--initial-branch=main');
  await run('npm', 'install', '--save-dev', `nx@${nx}`, `@nx/devkit@${NX_VERSIONS[nx]}`);
  await writeFile(
    join(folder, 'nx.json'),
    `${JSON.stringify({ analytics: false, neverConnectToCloud: true }, null, 2)}\n`,
  );
  await run(join(folder, 'node_modules/.bin/nx'), 'add', `@switchyard/executors@${surroundings.version}`);
  await mkdir(join(surroundings.shared, 'templates'), { recursive: true });
  await rename(folder, finished);
  return finished;
}

/** Copies a template; its node_modules by hard links, because nothing writes there. */
export async function copyTemplate(template: string, folder: string): Promise<void> {
  for (const name of ['package.json', 'package-lock.json', 'nx.json', '.gitignore']) {
    await cp(join(template, name), join(folder, name));
  }
  await mustRun({
    file: 'cp',
    args: ['-al', join(template, 'node_modules'), join(folder, 'node_modules')],
    cwd: folder,
    environment: { PATH: '/usr/bin:/bin' },
  });
}
