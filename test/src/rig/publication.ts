import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { fixtureEnvironment } from './environment.ts';
import { mustRun } from './program.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

/** The packages in an order in which each comes after those that it needs. */
export const PACKAGES = ['tools', 'executors', 'generators'] as const;

/** Packs the packages of this repository as a release does and publishes them; gives their version. */
export async function publishPackages(registry: string, shared: string): Promise<string> {
  const version = `0.1.0-e2e.${Date.now()}`;
  const packed = join(shared, 'packed');
  const home = join(shared, 'publisher');
  await mkdir(home, { recursive: true });
  // npm wants to see a login before it publishes; the registry takes any.
  await writeFile(join(home, '.npmrc'), `//${new URL(registry).host}/:_authToken=anyone\n`);
  const environment = fixtureEnvironment({ home, registry, shared });
  await mustRun({
    file: process.execPath,
    args: [join(REPOSITORY, '.ci/pack.ts'), '--to', packed, '--version', version],
    cwd: REPOSITORY,
    environment,
  });
  for (const name of PACKAGES.filter((folder) => existsSync(join(packed, folder)))) {
    await mustRun({
      file: 'npm',
      args: ['publish', '--tag', 'latest'],
      cwd: join(packed, name),
      environment,
    });
  }
  return version;
}
