import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readRegularFile } from '../file/index.ts';

const stored = z.record(z.string(), z.string()).catch({});

/** Whether a piece of work was done since what it depends on changed last. */
export class SetupRecord {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** True when the work was done with this fingerprint. */
  has(work: string, fingerprint: string): boolean {
    return this.#read()[work] === fingerprint;
  }

  /** Notes that the work was done. Written beside and renamed, so that a crash leaves the old record. */
  add(work: string, fingerprint: string): void {
    mkdirSync(path.dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify({ ...this.#read(), [work]: fingerprint }, undefined, 2)}\n`);
    renameSync(draft, this.#file);
  }

  #read(): Record<string, string> {
    try {
      return stored.parse(JSON.parse(readRegularFile(this.#file) ?? '{}'));
    } catch {
      // A broken record counts as none: work that is safe to repeat is repeated.
      return {};
    }
  }
}

/** Files whose change means that a project has to be set up anew. */
const dependencies =
  /^(?:GNUmakefile|[Mm]akefile|package\.json|pyproject\.toml|go\.(?:mod|sum)|Cargo\.(?:toml|lock)|Gemfile(?:\.lock)?|requirements[\w.-]*\.(?:txt|in)|.*(?:-lock|\.lock)(?:\.json|\.yaml|b)?)$/;

/** A digest of a folder's Makefile, manifests and lockfiles. */
export function folderFingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder)
    .filter((entry) => dependencies.test(entry))
    .toSorted())
    hash.update(`${name}\0${readRegularFile(path.join(folder, name)) ?? ''}\0`);
  return hash.digest('hex').slice(0, 16);
}
