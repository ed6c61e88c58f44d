import { createHash, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { privateFolder } from '../../private-folder/index.ts';
import { isPortFree } from './is-port-free.ts';

/** Below the ports that systems give to clients, above those that servers usually have. */
const first = 20_000;
const amount = 10_000;

/** For whom a port of the host is kept. */
export interface PortOwner {
  /** The top folder of the worktree. */
  readonly worktree: string;
  readonly composeProject: string;
  readonly variable: string;
}

/**
 * The host port that belongs to an owner: the same one each time, and never that of another owner. A new one was free when
 * it was reserved. Undefined when there is none left.
 *
 * Each port is a file that only one can make; what an owner has is a second file, put there whole or not at all.
 */
export function reservePort(
  owner: PortOwner,
  folder: string = privateFolder('ports', { shared: true }).folder,
): number | undefined {
  const name = JSON.stringify([owner.worktree, owner.composeProject, owner.variable]);
  const digest = createHash('sha256').update(name).digest();
  const record = join(folder, `owner-${digest.toString('hex').slice(0, 32)}`);
  const start = digest.readUInt32BE(0) % amount;
  for (let step = 0; step < amount; step += 1) {
    const known = reserved(record, folder, name);
    if (known !== undefined) return known;
    const port = first + ((start + step) % amount);
    const claim = join(folder, String(port));
    if (!create(claim, name)) continue;
    if (isPortFree(port)) {
      // Another process of the same owner may have been faster: then its port counts.
      if (!publish(record, String(port))) rmSync(claim, { force: true });
      return reserved(record, folder, name);
    }
    rmSync(claim, { force: true });
  }
  return undefined;
}

function reserved(record: string, folder: string, name: string): number | undefined {
  const port = Number(read(record));
  if (!Number.isInteger(port) || port < first || port >= first + amount) return undefined;
  return read(join(folder, String(port))) === name ? port : undefined;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function create(file: string, text: string): boolean {
  return publish(file, text);
}

/** Whole and only if it is not there. */
function publish(file: string, text: string): boolean {
  const draft = `${file}.${randomUUID()}`;
  try {
    writeFileSync(draft, text, { flag: 'wx', mode: 0o600 });
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
