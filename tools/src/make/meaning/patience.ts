/** Thrown where understanding a Makefile takes longer than any real one does. */
export class OutOfPatience extends Error {
  override readonly name = 'OutOfPatience';
}

const stepsBetweenLooks = 1000;

/** How long one Makefile may keep us thinking; what takes longer is left to make whole. */
export class Patience {
  readonly #end: number;
  #steps = 0;

  constructor(milliseconds: number) {
    this.#end = performance.now() + milliseconds;
  }

  get spent(): boolean {
    return performance.now() > this.#end;
  }

  /** To be called in loops. @throws OutOfPatience */
  step(): void {
    this.#steps += 1;
    if (this.#steps % stepsBetweenLooks === 0) this.look();
  }

  /** @throws OutOfPatience */
  look(): void {
    if (this.spent) throw new OutOfPatience('This Makefile takes too long to understand.');
  }
}
