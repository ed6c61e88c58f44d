import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { privateFolder } from '../../private-folder/index.ts';

/** The run that this process is part of: the id that the plugin set, else the Nx process, else this process alone. */
export function currentRun(environment: Readonly<Record<string, string | undefined>>): string {
  return environment['SWITCHYARD_RUN'] ?? environment['NX_INVOCATION_ROOT_PID'] ?? String(process.pid);
}

/**
 * The private folder of a run, made when it is not there yet. A run id is the id of the process that the run belongs
 * to, then anything: `4711` or `4711-x7f2`. Folders of runs whose process is gone are removed.
 */
export function runFolder(run: string): string {
  const { folder, made } = privateFolder(folderName(run));
  if (made) removeAbandoned(dirname(folder));
  return folder;
}

function folderName(run: string): string {
  const pid = /^\d{1,10}(?=-|$)/.exec(run)?.[0] ?? 'x';
  return `${pid}-${createHash('sha256').update(run).digest('hex').slice(0, 8)}`;
}

function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
