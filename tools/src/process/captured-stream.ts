/** The end of what a stream carried, up to a number of bytes. */
export class CapturedStream {
  omitted = 0;
  readonly #limit: number;
  #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds a chunk; drops the oldest ones once they are more than the limit. */
  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // Twice the limit, so that trimming is rare however small the chunks are.
    if (this.#size > 2 * this.#limit) this.#trim();
  }

  /** The text kept; bytes that are not UTF-8 become U+FFFD. */
  text(): string {
    if (this.#size > this.#limit) this.#trim();
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(this.#chunks));
  }

  #trim(): void {
    const all = Buffer.concat(this.#chunks);
    let start = all.length - this.#limit;
    // Not in the middle of a character: continuation bytes are 10xxxxxx.
    while (start < all.length && ((all[start] ?? 0) & 0xc0) === 0x80) start++;
    this.omitted += start;
    this.#chunks = [all.subarray(start)];
    this.#size = all.length - start;
  }
}
