/** Thrown where understanding a Makefile takes more steps than any real one does. */
export class OutOfPatience extends Error {
  override readonly name = 'OutOfPatience';
}

/** A real Makefile takes some thousands; this many take about a second. */
const mostSteps = 2_000_000;
const stepsOfALook = 50;

/**
 * How much one Makefile may have us think; what wants more is left to make whole. Steps are counted, not time, so that
 * a slow machine understands the same as a fast one.
 */
export class Patience {
  #left = mostSteps;

  get spent(): boolean {
    return this.#left < 0;
  }

  /** To be called in loops. @throws OutOfPatience */
  step(): void {
    this.spend(1);
    if (this.spent) throw new OutOfPatience('This Makefile takes too long to understand.');
  }

  /** To be called before work that looks at a target's text. @throws OutOfPatience */
  look(): void {
    this.spend(stepsOfALook);
    if (this.spent) throw new OutOfPatience('This Makefile takes too long to understand.');
  }

  /** Counts, for who ends by itself. */
  spend(steps: number): void {
    this.#left -= steps;
  }
}
