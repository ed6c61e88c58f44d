import { dirname, join } from 'node:path';
import type { ComposeDisk } from '../file/compose-disk.ts';

/** Files of variables that belong to an environment by their name. */
export interface EnvironmentVariables {
  /** What compose is to be given by `--env-file`; empty where the environment has no file of its own. */
  readonly files: readonly string[];
  /** Its own one: `env/.env.test`. */
  readonly own?: string;
}

/**
 * `env/.env.NAME` of a project, else `.env.NAME`, comes after the `.env` that Compose would take by itself. All that was
 * looked for is noted, also what is not there.
 */
export function findEnvFiles(
  { folder, name, files }: { folder: string; name: string; files: readonly string[] },
  disk: ComposeDisk,
): EnvironmentVariables {
  const isThere = (file: string): boolean => disk.read(file).kind !== 'missing';
  const own = [join(folder, 'env', `.env.${name}`), join(folder, `.env.${name}`)].find(isThere);
  if (own === undefined) return { files: [] };
  const standard = join(dirname(files[0] ?? join(folder, 'compose.yaml')), '.env');
  return { files: [...(isThere(standard) ? [standard] : []), own], own };
}
