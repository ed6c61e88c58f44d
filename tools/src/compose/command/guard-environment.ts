import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { acquireLocks } from '../../lock/index.ts';
import { runProgram } from '../../process/index.ts';
import type { EnvironmentInUse } from '../lifecycle/index.ts';
import type { GuardRequest } from './guardian.ts';

/** An environment that goes down with this process, however that ends. */
export interface GuardedEnvironment {
  /** Has it taken down now; resolves when that is done. */
  readonly end: () => Promise<void>;
}

const guardian = fileURLToPath(new URL('./guardian.ts', import.meta.url));

/** Starts what follows in the background, so that it is nobody's child. */
const leaveBehind = '"$@" </dev/null >/dev/null 2>&1 &';

/**
 * Has an environment taken down when this process ends. Nx ends a task with all that descends from it, again and again
 * until it is gone, and taking down takes longer: so a process apart does it. It waits for a lock that we hold, which the
 * kernel frees when we die.
 */
export async function guardEnvironment(
  { composeProject, folder, files, variables }: EnvironmentInUse,
  name: string,
): Promise<GuardedEnvironment> {
  const lock = `foreground:${composeProject}:${randomBytes(6).toString('hex')}`;
  const ours = { locks: [{ name: lock, mode: 'exclusive' }], command: name } as const;
  const held = await acquireLocks(ours);
  const environment = { composeProject, folder, files: [...files], variables };
  const request: GuardRequest = { lock, name, environment };
  await runProgram({
    file: 'sh',
    args: ['-c', leaveBehind, 'sh', process.execPath, guardian],
    // Every user of the machine can read arguments.
    environment: { ...process.env, SWITCHYARD_GUARD: JSON.stringify(request) },
  });
  return {
    end: async () => {
      held?.release();
      // The guardian came before us, and holds it until it is done.
      (await acquireLocks(ours))?.release();
    },
  };
}
