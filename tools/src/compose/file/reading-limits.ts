/** A reading came to one of its limits; it never leaves `loadComposeModel`. */
export class LimitReached extends Error {}

/** What may be read for one folder, so that a hostile file costs neither time nor memory. */
export class ReadingLimits {
  #nodes = 500_000;
  #files = 300;

  spendNodes(count: number): void {
    this.#nodes -= count;
    if (this.#nodes < 0) throw new LimitReached('its files say more than can be read');
  }

  spendFile(): void {
    this.#files -= 1;
    if (this.#files < 0) throw new LimitReached('it takes in more than 300 files');
  }
}

/** Characters of one value after variables are put in. */
export const longestValue = 256 * 1024;

/** How deep values may be nested, in a file and in a variable's default. */
export const deepest = 50;

/** Services of one environment. */
export const mostServices = 1000;
