import { LimitReached } from './stops.ts';

/** How much one Makefile may cost. Sizes are in characters, times in milliseconds. */
export interface ReadLimits {
  /** Wall time of one evaluation. */
  readonly evaluationTime: number;
  /** Wall time of everything: all evaluations and all answers of the shell. */
  readonly totalTime: number;
  /** Different questions that are put to the shell. */
  readonly questions: number;
  /** All text that expansions produce together. */
  readonly output: number;
  /** The longest single expansion. */
  readonly text: number;
  /** All text that variables and rules keep. */
  readonly kept: number;
  /** Expansions inside one another. */
  readonly depth: number;
  /** Makefiles that include one another. */
  readonly includeDepth: number;
  /** Makefiles read in all. */
  readonly includes: number;
  /** Size of one file that is read, in bytes. */
  readonly fileSize: number;
}

/** What a reading may cost where the caller does not say. */
export const defaultLimits: ReadLimits = {
  evaluationTime: 2000,
  totalTime: 2500,
  questions: 200,
  output: 256 * 1024 * 1024,
  text: 8 * 1024 * 1024,
  kept: 64 * 1024 * 1024,
  depth: 800,
  includeDepth: 200,
  includes: 5000,
  fileSize: 4 * 1024 * 1024,
};

// Asking the clock costs more than most steps of an evaluation, so it is asked once for this many.
const stepsBetweenLooks = 512;

/** Counts what an evaluation costs, and stops it with `LimitReached` when that is too much. */
export class Budget {
  readonly limits: ReadLimits;
  /** The time was over before the end was reached. */
  late = false;
  #deadline: number;
  #steps = 0;
  #output = 0;
  #kept = 0;
  #depth = 0;

  constructor(limits: ReadLimits, deadline: number) {
    this.limits = limits;
    this.#deadline = deadline;
  }

  /** To be called in every loop whose length the Makefile decides; `cost` is in steps of about a microsecond. */
  step(cost = 1): void {
    this.#steps += cost;
    if (this.#steps < stepsBetweenLooks) return;
    this.#steps = 0;
    this.look();
  }

  look(): void {
    if (performance.now() <= this.#deadline) return;
    this.late = true;
    throw new LimitReached('reading took too long');
  }

  /** Text that an expansion made. */
  produced(length: number): void {
    if (length > this.limits.text) throw new LimitReached('a text grew too long');
    this.#output += length;
    if (this.#output > this.limits.output) throw new LimitReached('too much text was expanded');
    this.step(1 + length / 4096);
  }

  /** Text that stays in memory. */
  kept(length: number): void {
    this.#kept += length;
    if (this.#kept > this.limits.kept) throw new LimitReached('variables and rules grew too large');
  }

  enter(): void {
    this.#depth += 1;
    if (this.#depth > this.limits.depth) throw new LimitReached('expansions were nested too deeply');
  }

  leave(): void {
    this.#depth -= 1;
  }
}
