import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { resolve, sep } from 'node:path';
import { LimitReached } from './stops.ts';

/** What was found where a file was to be read. */
export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' | 'folder' | 'special' | 'denied' | 'large' | 'outside' };

/** An entry of a folder. */
export interface FolderEntry {
  readonly name: string;
  /** False also for a symbolic link to a folder: ask `isFolder`. */
  readonly folder: boolean;
}

/** Where systems keep makefiles and headers for everybody; nothing of a user's own stands there. */
const systemFolders = [
  '/usr/include',
  '/usr/lib',
  '/usr/share',
  '/usr/local/include',
  '/usr/local/lib',
  '/usr/local/share',
  '/opt',
];

const mostLooks = 30_000;

/**
 * The only way in which reading a Makefile looks at the disk. It never opens anything but regular files, and
 * remembers all it looked at; what was seen once stays as it was for the whole reading.
 */
export class Disk {
  readonly folder: string;
  readonly files = new Set<string>();
  readonly folders = new Set<string>();
  /** What the Makefile wanted to see outside of the folder that it may see. */
  readonly refused = new Set<string>();
  readonly #top: string | undefined;
  readonly #fileSize: number;
  readonly #texts = new Map<string, FileText>();
  readonly #listings = new Map<string, readonly FolderEntry[] | undefined>();
  readonly #kinds = new Map<string, 'folder' | 'other' | undefined>();

  /** `top`: content and listings are seen only below it, and in the system's own folders; without it, everywhere. */
  constructor(folder: string, fileSize: number, top?: string) {
    this.folder = folder;
    this.#fileSize = fileSize;
    this.#top = top === undefined ? undefined : (realOf(top) ?? top);
  }

  /** One more look would be one too many. */
  get isFull(): boolean {
    return this.files.size >= mostLooks;
  }

  resolve(path: string): string {
    return resolve(this.folder, path);
  }

  /** Puts a text that the caller has already read in the place of a file. */
  preset(path: string, text: string): void {
    this.files.add(path);
    this.#texts.set(path, { kind: 'text', text });
  }

  read(path: string): FileText {
    const whole = this.resolve(path);
    this.#note(whole);
    let found = this.#texts.get(whole);
    if (found === undefined) {
      found = this.#readNow(whole);
      this.#texts.set(whole, found);
    }
    return found;
  }

  exists(path: string): boolean {
    if (path.includes('\0')) return false;
    const whole = this.resolve(path);
    this.#note(whole);
    return this.#kind(path.endsWith('/') ? `${whole}/` : whole) !== undefined;
  }

  /** Follows symbolic links. */
  isFolder(path: string): boolean {
    return !path.includes('\0') && this.#kind(this.resolve(path)) === 'folder';
  }

  /** Sorted by name; nothing where it is not a folder that can be listed. */
  list(path: string): readonly FolderEntry[] | undefined {
    const whole = this.resolve(path);
    if (this.#listings.has(whole)) return this.#listings.get(whole);
    let entries: FolderEntry[] | undefined;
    try {
      if (!this.#maySee(realpathSync(whole))) {
        this.refused.add(whole);
        return undefined;
      }
      this.folders.add(whole);
      entries = readdirSync(whole, { withFileTypes: true })
        .map((entry) => ({ name: entry.name, folder: entry.isDirectory() }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch {
      entries = undefined;
    }
    this.#listings.set(whole, entries);
    return entries;
  }

  real(path: string): string | undefined {
    const whole = this.resolve(path);
    this.#note(whole);
    try {
      return realpathSync(whole);
    } catch {
      return undefined;
    }
  }

  #kind(whole: string): 'folder' | 'other' | undefined {
    if (this.#kinds.has(whole)) return this.#kinds.get(whole);
    const kind = kindOf(whole);
    this.#kinds.set(whole, kind);
    return kind;
  }

  #readNow(whole: string): FileText {
    if (whole.includes('\0')) return { kind: 'missing' };
    try {
      const found = statSync(whole, { throwIfNoEntry: false });
      if (found === undefined) return { kind: 'missing' };
      const real = realpathSync(whole);
      if (!this.#maySee(real)) {
        this.refused.add(whole);
        return { kind: 'outside' };
      }
      if (found.isDirectory()) return { kind: 'folder' };
      if (!found.isFile()) return { kind: 'special' };
      return this.#readFile(real);
    } catch {
      return { kind: 'denied' };
    }
  }

  /** Opened so that nothing can make it wait: what was a file a moment ago may be a pipe now. */
  #readFile(real: string): FileText {
    const descriptor = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = fstatSync(descriptor);
      if (!found.isFile()) return { kind: 'special' };
      if (found.size > this.#fileSize) return { kind: 'large' };
      return { kind: 'text', text: readFileSync(descriptor, 'utf8') };
    } finally {
      closeSync(descriptor);
    }
  }

  #maySee(real: string): boolean {
    if (this.#top === undefined) return true;
    return [this.#top, ...systemFolders].some((folder) => real === folder || real.startsWith(folder + sep));
  }

  #note(whole: string): void {
    this.files.add(whole);
    if (this.files.size > mostLooks) throw new LimitReached('too many files were looked for');
  }
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** A symbolic link that leads nowhere, or to where nobody may look, is still there. */
function kindOf(whole: string): 'folder' | 'other' | undefined {
  try {
    const found = statSync(whole, { throwIfNoEntry: false });
    if (found !== undefined) return found.isDirectory() ? 'folder' : 'other';
  } catch {
    // Not allowed, or a circle of links: what the entry itself is decides.
  }
  if (whole.endsWith('/')) return undefined;
  try {
    return lstatSync(whole, { throwIfNoEntry: false }) === undefined ? undefined : 'other';
  } catch {
    return undefined;
  }
}
