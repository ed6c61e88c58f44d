/** Cuts a stream of bytes into lines, so that no chunk boundary is seen; a line that does not end is given out in pieces. */
export class LineSplitter {
  readonly #onLine: (line: Uint8Array, isPiece: boolean) => void;
  readonly #longest: number;
  #pending: Uint8Array[] = [];
  #size = 0;

  constructor(onLine: (line: Uint8Array, isPiece: boolean) => void, longest = 1024 * 1024) {
    this.#onLine = onLine;
    this.#longest = longest;
  }

  /** Takes the next bytes of the stream. */
  add(chunk: Uint8Array): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      this.#keep(chunk.subarray(start, end));
      this.#give(false);
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    if (this.#size >= this.#longest) this.#give(true);
  }

  /** Gives out what is left at the end of the stream. */
  end(): void {
    if (this.#size > 0) this.#give(false);
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    // A copy: whoever gave the chunk may use its memory again.
    this.#pending.push(Uint8Array.from(bytes));
    this.#size += bytes.length;
  }

  #give(isPiece: boolean): void {
    const line = this.#pending.length === 1 ? this.#pending[0] : Buffer.concat(this.#pending);
    this.#pending = [];
    this.#size = 0;
    this.#onLine(line ?? new Uint8Array(), isPiece);
  }
}
