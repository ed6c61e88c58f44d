import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CasePlace, HostileCase } from './hostile-case.ts';

/** Text that stands only in what lies beside the workspace. */
export const secretText = 'swordfish4711';

/** Puts what must stay secret beside a workspace: a file, and a repository with a remote. Gives the file. */
export function layOutSecret(base: string): string {
  const folder = join(base, 'elsewhere');
  mkdirSync(folder);
  const secret = join(folder, 'secret.mk');
  writeFileSync(
    secret,
    `TOKEN=${secretText}\n${secretText}: # ${secretText}\nmodule example.com/${secretText}: x\n`,
  );
  writeFileSync(join(folder, `${secretText}.txt`), '');
  const repository = join(folder, 'secret-repository');
  mkdirSync(repository);
  const environment = { PATH: process.env['PATH'] ?? '', HOME: folder, GIT_CONFIG_NOSYSTEM: '1' };
  for (const args of [
    ['init', '--quiet', `--initial-branch=${secretText}`],
    ['config', 'remote.origin.url', `https://${secretText}@example.com/`],
    ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '-m', secretText],
    ['tag', secretText],
  ])
    spawnSync('git', args, { cwd: repository, env: environment });
  return secret;
}

/** Writes one case into its folder, `cases/NAME` of the workspace. */
export function layOut(hostile: HostileCase, workspace: string, secret: string, port: number): void {
  const place: CasePlace = { folder: join(workspace, 'cases', hostile.name), secret, port };
  mkdirSync(place.folder, { recursive: true });
  const { makefile } = hostile;
  if (makefile !== undefined) {
    const text = typeof makefile === 'string' ? makefile : makefile(place);
    writeFileSync(join(place.folder, 'Makefile'), `${text}\nthere: literal\n\techo there\n.PHONY: there\n`);
  }
  for (const [name, content] of Object.entries(hostile.files ?? {})) {
    mkdirSync(dirname(join(place.folder, name)), { recursive: true });
    writeFileSync(join(place.folder, name), content);
  }
  hostile.layOut?.(place);
}
