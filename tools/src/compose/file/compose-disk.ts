import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { readRegularFile } from '../../file/index.ts';

/** What was found where a file was to be read. */
export type FileText =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'missing' | 'outside' | 'unreadable' };

/** Bytes; a compose file of a person has a few thousand. */
const largest = 256 * 1024;

/** The only way in which reading compose files looks at the disk: regular files inside the workspace, and all it looked at is remembered. */
export class ComposeDisk {
  readonly files = new Set<string>();
  readonly folders = new Set<string>();
  readonly #workspaceRoot: string;
  readonly #texts = new Map<string, FileText>();

  constructor(workspaceRoot: string) {
    this.#workspaceRoot = workspaceRoot;
  }

  read(file: string): FileText {
    let found = this.#texts.get(file);
    if (found === undefined) {
      found = this.#look(file);
      this.#texts.set(file, found);
    }
    return found;
  }

  /** Names in a folder, sorted; none where it is not a folder inside the workspace. */
  list(folder: string): readonly string[] {
    if (!this.isInside(folder)) return [];
    this.folders.add(folder);
    try {
      const root = realpathSync(this.#workspaceRoot);
      const real = realpathSync(folder);
      return real === root || real.startsWith(root + sep) ? readdirSync(real).sort() : [];
    } catch {
      return [];
    }
  }

  /** Notes that the answer depends on a file, without reading it. */
  note(file: string): void {
    if (this.isInside(file)) this.files.add(file);
  }

  isInside(path: string): boolean {
    return path === this.#workspaceRoot || path.startsWith(this.#workspaceRoot + sep);
  }

  #look(file: string): FileText {
    if (file.includes('\0')) return { kind: 'missing' };
    if (!this.isInside(file)) return { kind: 'outside' };
    this.files.add(file);
    const text = readRegularFile(file, { largest, inside: this.#workspaceRoot });
    if (text !== undefined) return { kind: 'text', text };
    try {
      lstatSync(file);
      const real = realpathSync(file);
      return { kind: real.startsWith(realpathSync(this.#workspaceRoot) + sep) ? 'unreadable' : 'outside' };
    } catch {
      return { kind: 'missing' };
    }
  }
}
