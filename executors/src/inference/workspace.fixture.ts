import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { parseInferenceOptions } from '@switchyard/tools/make';
import { inferWorkspace, type InferredWorkspace } from './infer-workspace.ts';

/** A workspace on disk for as long as a spec needs it. */
export class Workspace implements Disposable {
  readonly root: string;
  readonly #parent = mkdtempSync(path.join(os.tmpdir(), 'switchyard-infer-'));

  constructor(files: Record<string, string>) {
    this.root = path.join(this.#parent, 'shop');
    mkdirSync(this.root);
    for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  write(file: string, text: string): void {
    const absolute = path.join(this.root, file);
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, text);
  }

  infer(files: readonly string[], options: unknown = {}): Promise<InferredWorkspace> {
    return inferWorkspace(this.root, files, parseInferenceOptions(options));
  }

  [Symbol.dispose](): void {
    rmSync(this.#parent, { recursive: true, force: true });
  }
}

/** The inferred targets of one project. */
export function targetsOf(
  { projects }: InferredWorkspace,
  root: string,
): Readonly<Record<string, TargetConfiguration>> {
  return projects.get(root)?.configuration.targets ?? {};
}
