import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A program of this machine. */
export interface ListeningProcess {
  readonly pid: number;
  /** Its short name: `postgres`. */
  readonly program: string;
}

const listening = '0A';

/**
 * The program of this machine that listens on a TCP port, as far as it can be seen: on Linux, and without being root only
 * for programs of this user.
 */
export function listeningProcess(port: number, proc = '/proc'): ListeningProcess | undefined {
  const sockets = new Set(
    ['tcp', 'tcp6'].flatMap((table) => listeningSockets(lines(`${proc}/net/${table}`), port)),
  );
  if (sockets.size === 0) return undefined;
  for (const pid of entries(proc)) {
    if (!/^\d+$/.test(pid)) continue;
    if (!entries(`${proc}/${pid}/fd`).some((fd) => sockets.has(link(`${proc}/${pid}/fd/${fd}`)))) continue;
    return { pid: Number(pid), program: lines(`${proc}/${pid}/comm`)[0] ?? 'a program' };
  }
  return undefined;
}

/** Columns: number, local address and port in hexadecimal, remote, state, ..., and the tenth is the inode. */
function listeningSockets(table: readonly string[], port: number): readonly string[] {
  return table.flatMap((line) => {
    const columns = line.trim().split(/\s+/);
    const local = columns[1]?.split(':')[1];
    const inode = columns[9];
    if (local === undefined || inode === undefined || columns[3] !== listening) return [];
    return parseInt(local, 16) === port ? [`socket:[${inode}]`] : [];
  });
}

/** What cannot be read is not there for us: it ended meanwhile, or belongs to somebody else. */
function quietly<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function lines(file: string): readonly string[] {
  return quietly(() => readFileSync(file, 'utf8').split('\n'), []);
}

function entries(folder: string): readonly string[] {
  return quietly(() => readdirSync(folder), []);
}

function link(path: string): string {
  return quietly(() => readlinkSync(path), '');
}
