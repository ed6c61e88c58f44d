/** A reading came to one of its limits; it never leaves `readModel` and `lookAtFile`. */
export class LimitReached extends Error {}

/** What may be read for one folder, so that a hostile file costs neither time nor memory. */
export class ReadingLimits {
  #nodes = 400_000;
  #files = 300;
  #characters = 1024 * 1024;

  spendNodes(count: number): void {
    this.#nodes -= count;
    if (this.#nodes < 0) throw new LimitReached('its files say more than can be read');
  }

  /** Parsing takes 20 microseconds for each character of the worst text. */
  spendText(characters: number): void {
    this.#characters -= characters;
    if (this.#characters < 0) throw new LimitReached('its files are longer than can be read');
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
