import { dirname, isAbsolute, join, resolve } from 'node:path';

/** More entries than this are not kept one by one: the folders they stand in are, and the top one when those are too many as well. */
const MOST_ENTRIES = 5000;

/** Notes what an answer depends on, and the reasons to doubt it, while one question is answered. */
export class Evidence {
  readonly #top: string;
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #doubts = new Set<string>();

  constructor(top: string) {
    this.#top = top;
  }

  /** A file that was read, or looked for. */
  file(path: string): void {
    if (!isAbsolute(path)) return;
    if (this.#files.has(path)) return;
    if (this.#files.size < MOST_ENTRIES) this.#files.add(path);
    else this.folder(dirname(path));
  }

  /** A folder whose listing was read. */
  folder(path: string): void {
    if (!isAbsolute(path)) return;
    this.#folders.add(this.#folders.size < MOST_ENTRIES ? join(resolve(path)) : this.#top);
  }

  /** Something that a real shell might have answered otherwise. */
  doubt(reason: string): void {
    this.#doubts.add(reason);
  }

  get files(): string[] {
    return [...this.#files].sort();
  }

  get folders(): string[] {
    return [...this.#folders].sort();
  }

  get doubts(): string[] {
    return [...this.#doubts];
  }
}
