/** Bytes that come piece by piece: memory grows with what is here, not with what was promised, and each byte is copied O(1) times. */
export class GrowingBuffer {
  #memory: Buffer;
  #length: number;

  /** Copies `first`. */
  constructor(first: Buffer) {
    this.#memory = Buffer.from(first);
    this.#length = first.length;
  }

  get length(): number {
    return this.#length;
  }

  /** All bytes so far, `more` included; until the next call. */
  append(more: Buffer): Buffer {
    const length = this.#length + more.length;
    if (length > this.#memory.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#memory.length));
      this.#memory.copy(grown, 0, 0, this.#length);
      this.#memory = grown;
    }
    more.copy(this.#memory, this.#length);
    this.#length = length;
    return this.#memory.subarray(0, length);
  }
}
