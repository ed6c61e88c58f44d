import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between SIGTERM and SIGKILL. */
export const graceTime = 5000;

/** Sends a signal to every member of a process group; false when none is left. Signal 0 only asks. */
export function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch (error) {
    // EPERM: there are members, but none that is ours (a setuid program).
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Ends a process group: SIGTERM, and SIGKILL for what is left after the grace time. Resolves when no member is left. */
export async function endGroup(leader: number, grace = graceTime): Promise<void> {
  if (!signalGroup(leader, 'SIGTERM')) return;
  if (await isEmptyWithin(leader, grace)) return;
  signalGroup(leader, 'SIGKILL');
  // Not longer: a process that waits for its disk cannot be killed.
  await isEmptyWithin(leader, 1000);
}

/** The kernel tells nobody that a group became empty, only that its leader ended: so this asks again and again. */
async function isEmptyWithin(leader: number, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  for (let pause = 2; performance.now() < deadline; pause = Math.min(pause * 2, 50)) {
    await sleep(pause);
    if (!hasLivingMember(leader)) return true;
  }
  return false;
}

/** A zombie can be signalled, and in a container whose first process reaps slowly or never it stays: it does not count. */
function hasLivingMember(leader: number): boolean {
  if (!signalGroup(leader, 0)) return false;
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'latin1');
      // After the name in parentheses, which may hold anything: state, parent, process group.
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return group === String(leader) && state !== 'Z' && state !== 'X';
    } catch {
      // It ended between the two reads.
      return false;
    }
  });
}
