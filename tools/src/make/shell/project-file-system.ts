import { lstatSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isWithin } from './visible-files.ts';
import type { IFileSystem, OverlayFs } from 'just-bash';
import type { Evidence } from './evidence.ts';

type Stat = Awaited<ReturnType<IFileSystem['stat']>>;
type Entry = Awaited<ReturnType<NonNullable<IFileSystem['readdirWithFileTypes']>>>[number];

const NULL_DEVICE = '/dev/null';
/** System files that say what kind of system this is and nothing of its user. */
const HARMLESS = new Set([
  '/etc/os-release',
  '/usr/lib/os-release',
  '/etc/debian_version',
  '/proc/cpuinfo',
  '/proc/version',
]);

/** The file system that a simulated command sees: the project as it is on disk, writes kept in memory, nothing else of the machine; every look is noted. */
export class ProjectFileSystem implements IFileSystem {
  readonly #overlay: OverlayFs;
  readonly #top: string;
  readonly #isCommand: (name: string) => boolean;
  #evidence: Evidence;
  #searchPath: ReadonlySet<string> = new Set();

  constructor(overlay: OverlayFs, top: string, isCommand: (name: string) => boolean, evidence: Evidence) {
    this.#overlay = overlay;
    this.#top = top;
    this.#isCommand = isCommand;
    this.#evidence = evidence;
  }

  /** Whose evidence the next looks are, and where the question looks for programs. */
  noteFor(evidence: Evidence, searchPath: string): void {
    this.#evidence = evidence;
    this.#searchPath = new Set(searchPath.split(':').filter((folder) => isWithin(this.#top, folder)));
  }

  async readFile(path: string, options?: Parameters<IFileSystem['readFile']>[1]): Promise<string> {
    const special = await this.#special(path);
    return special === undefined ? this.#overlay.readFile(path, options) : special.toString('utf8');
  }

  async readFileBytes(path: string): ReturnType<OverlayFs['readFileBytes']> {
    const special = await this.#special(path);
    if (special === undefined) return this.#overlay.readFileBytes(path);
    // The overlay is the only maker of its byte strings, so what is special goes through its memory.
    const copy = `/dev/switchyard${path}`;
    await this.#overlay.writeFile(copy, special);
    return this.#overlay.readFileBytes(copy);
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    return (await this.#special(path)) ?? this.#overlay.readFileBuffer(path);
  }

  async writeFile(...args: Parameters<IFileSystem['writeFile']>): Promise<void> {
    if (args[0] !== NULL_DEVICE) await this.#overlay.writeFile(...args);
  }

  async appendFile(...args: Parameters<IFileSystem['appendFile']>): Promise<void> {
    if (args[0] !== NULL_DEVICE) await this.#overlay.appendFile(...args);
  }

  async exists(path: string): Promise<boolean> {
    if (this.#isFixed(path)) return true;
    const found = await this.#overlay.exists(path);
    this.#note(path, found);
    return found;
  }

  async stat(path: string): Promise<Stat> {
    if (this.#isFixed(path)) return fixedStat(path);
    const stat = await this.#noting(path, () => this.#overlay.stat(path));
    if (!this.#searchPath.has(dirname(path)) || (stat.mode & 0o111) === 0) return stat;
    // The engine would read a program of node_modules/.bin as a shell script.
    if (!this.#isCommand(basename(path))) this.#evidence.doubt(`${path} is a program`);
    return { ...stat, mode: stat.mode & ~0o111 };
  }

  async lstat(path: string): Promise<Stat> {
    if (this.#isFixed(path)) return fixedStat(path);
    return this.#noting(path, () => this.#overlay.lstat(path));
  }

  async readdir(path: string): Promise<string[]> {
    this.#noteListing(path);
    return this.#noting(path, () => this.#overlay.readdir(path));
  }

  async readdirWithFileTypes(path: string): Promise<Entry[]> {
    this.#noteListing(path);
    return this.#noting(path, () => this.#overlay.readdirWithFileTypes(path));
  }

  async readlink(path: string): Promise<string> {
    this.#evidence.file(path);
    return this.#overlay.readlink(path);
  }

  async realpath(path: string): Promise<string> {
    return this.#noting(path, () => this.#overlay.realpath(path));
  }

  mkdir(...args: Parameters<IFileSystem['mkdir']>): Promise<void> {
    return this.#overlay.mkdir(...args);
  }

  rm(...args: Parameters<IFileSystem['rm']>): Promise<void> {
    return this.#overlay.rm(...args);
  }

  async cp(...args: Parameters<IFileSystem['cp']>): Promise<void> {
    await this.#noting(args[0], () => this.#overlay.cp(...args));
  }

  async mv(...args: Parameters<IFileSystem['mv']>): Promise<void> {
    await this.#noting(args[0], () => this.#overlay.mv(...args));
  }

  chmod(...args: Parameters<IFileSystem['chmod']>): Promise<void> {
    return this.#overlay.chmod(...args);
  }

  symlink(...args: Parameters<IFileSystem['symlink']>): Promise<void> {
    return this.#overlay.symlink(...args);
  }

  link(...args: Parameters<IFileSystem['link']>): Promise<void> {
    return this.#overlay.link(...args);
  }

  utimes(...args: Parameters<IFileSystem['utimes']>): Promise<void> {
    return this.#overlay.utimes(...args);
  }

  resolvePath(base: string, path: string): string {
    return this.#overlay.resolvePath(base, path);
  }

  /** Not supported, as the interface allows: it would walk the whole project. */
  getAllPaths(): string[] {
    return [];
  }

  /** Content of what is not a plain file of the project; devices and pipes are never opened. */
  async #special(path: string): Promise<Buffer | undefined> {
    if (path === NULL_DEVICE) return Buffer.alloc(0);
    if (HARMLESS.has(path)) {
      this.#evidence.file(path);
      return systemFile(path);
    }
    const stat = await this.stat(path);
    if (!stat.isFile && !stat.isDirectory) {
      this.#evidence.doubt(`${path} is not a plain file`);
      throw new Error(`ENXIO: no such device or address, open '${path}'`);
    }
    return undefined;
  }

  #isFixed(path: string): boolean {
    if (path === NULL_DEVICE) return true;
    if (HARMLESS.has(path)) return systemFile(path) !== undefined;
    // The commands that are simulated stand where a system has them.
    return /^(?:\/usr)?\/bin\/[^/]+$/.test(path) && this.#isCommand(basename(path));
  }

  async #noting<T>(path: string, look: () => Promise<T>): Promise<T> {
    try {
      const found = await look();
      this.#note(path, true);
      return found;
    } catch (error) {
      this.#note(path, false);
      throw error;
    }
  }

  #noteListing(path: string): void {
    this.#evidence.folder(path);
    if (!isWithin(this.#top, path) && isThere(path)) this.#evidence.doubt(`${path} is outside the workspace`);
  }

  #note(path: string, found: boolean): void {
    // The engine asks for /usr/bin after each search along PATH.
    if (path.startsWith('/dev/') || path === '/usr/bin') return;
    if (!isWithin(this.#top, path) && this.#isCommand(basename(path))) return;
    this.#evidence.file(path);
    if (found) return;
    // It looks missing to the command, and would not to a real one.
    if (!isWithin(this.#top, path) && isThere(path)) this.#evidence.doubt(`${path} is outside the workspace`);
    else if (isThere(path) && !leadsNowhere(path))
      this.#evidence.doubt(`${path} leads outside the workspace`);
  }
}

function fixedStat(path: string): Stat {
  const mode = path.includes('/bin/') ? 0o755 : 0o644;
  const isFile = path !== NULL_DEVICE;
  return { isFile, isDirectory: false, isSymbolicLink: false, mode, size: 0, mtime: new Date(0) };
}

function systemFile(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function leadsNowhere(path: string): boolean {
  try {
    statSync(path);
    return false;
  } catch {
    return true;
  }
}
