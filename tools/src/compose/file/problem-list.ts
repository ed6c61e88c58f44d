import { relative } from 'node:path';
import type { Place } from './compose-node.ts';

const most = 50;

/** Collects what is wrong with compose files, each thing once, as sentences that begin with `file:line: `. */
export class ProblemList {
  readonly #workspaceRoot: string;
  readonly #sentences = new Set<string>();

  constructor(workspaceRoot: string) {
    this.#workspaceRoot = workspaceRoot;
  }

  /** A file that is wrong as a whole has line 0. */
  add(place: Pick<Place, 'file' | 'line'>, sentence: string): void {
    if (this.#sentences.size < most) this.#sentences.add(`${this.where(place)}: ${oneLine(sentence)}`);
  }

  where({ file, line }: Pick<Place, 'file' | 'line'>): string {
    const name = relative(this.#workspaceRoot, file);
    return line === 0 ? name : `${name}:${line}`;
  }

  get sentences(): readonly string[] {
    return [...this.#sentences];
  }
}

/** What stands in a file may be long, and may try to write to a terminal. */
function oneLine(sentence: string): string {
  return sentence.replace(/\p{Cc}+/gu, ' ').slice(0, 500);
}
