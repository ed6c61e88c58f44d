import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../process/index.ts';

/** In the environment of every program that we start for an environment, so that one whose starter was killed can be found. */
export const orphanMark = 'SWITCHYARD_COMPOSE_PROJECT';

/** Milliseconds that an orphan has to end by itself. */
const graceTime = 3000;

/**
 * Ends the programs that go on for a compose project although whoever started them was killed. Call it under the
 * exclusive lock of the project: nobody else may run any then. Sees them on Linux only.
 */
export async function endOrphans(composeProject: string): Promise<void> {
  const orphans = findOrphans(composeProject);
  for (const pid of orphans) signal(pid, 'SIGTERM');
  const deadline = performance.now() + graceTime;
  // Nobody tells of the end of a process that is not our child.
  while (orphans.some(isRunning) && performance.now() < deadline) await sleep(10);
  for (const pid of orphans.filter(isRunning)) signal(pid, 'SIGKILL');
}

function findOrphans(composeProject: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  const mark = `${orphanMark}=${composeProject}`;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.filter((pid) => read(`/proc/${pid}/environ`).split('\0').includes(mark)).map(Number);
}

/** A zombie does nothing any more. */
function isRunning(pid: number): boolean {
  if (!isAlive(pid)) return false;
  return !/^State:\s+[ZX]/m.test(read(`/proc/${pid}/status`));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // It ended meanwhile, or belongs to somebody else.
    return '';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already, which is what was wanted.
  }
}
