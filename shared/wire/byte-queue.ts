/** Bytes as they come from a channel, taken out again in portions of another size. */

/**
 * Invariant: `#filled` bytes of `#portion` are here already, and are in no packet any more. Every byte is copied once at
 * most, and not at all when the portion lies inside one packet.
 */
export class ByteQueue {
  /** What came and was not taken, in order; `#offset` bytes of the first are gone. */
  readonly #packets: Uint8Array[] = [];
  #offset = 0;
  /** The portion being put together from several packets. */
  #portion: Uint8Array | null = null;
  #filled = 0;

  /** Adds bytes at the end. They are not copied: the caller must not change them any more. */
  push(packet: Uint8Array): void {
    if (packet.byteLength > 0) this.#packets.push(packet);
  }

  /** Forgets all. */
  clear(): void {
    this.#packets.length = 0;
    this.#portion = null;
  }

  /**
   * The next `count` bytes, or null while fewer are here; then ask for the same count again. The result is a view of the
   * packet where possible. Memory for `count` bytes is taken at once: the caller bounds it.
   */
  take(count: number): Uint8Array | null {
    const first = this.#packets[0];
    if (this.#portion === null && first !== undefined && first.byteLength - this.#offset >= count) {
      return this.#cut(count);
    }
    if (first === undefined && count > 0) return null;
    this.#portion ??= this.#begin(count);
    this.#fill(this.#portion);
    if (this.#filled < count) return null;
    const portion = this.#portion;
    this.#portion = null;
    return portion;
  }

  #begin(count: number): Uint8Array {
    this.#filled = 0;
    return new Uint8Array(count);
  }

  /** Moves bytes from the packets into the portion, as many as there are and fit. */
  #fill(portion: Uint8Array): void {
    while (this.#filled < portion.byteLength && this.#packets.length > 0) {
      const available = this.#packets[0].byteLength - this.#offset;
      const part = this.#cut(Math.min(available, portion.byteLength - this.#filled));
      portion.set(part, this.#filled);
      this.#filled += part.byteLength;
    }
  }

  /** Takes `count` bytes off the first packet, which has that many. */
  #cut(count: number): Uint8Array {
    const packet = this.#packets[0];
    const end = this.#offset + count;
    const part = packet.subarray(this.#offset, end);
    this.#offset = end;
    if (end === packet.byteLength) {
      this.#packets.shift();
      this.#offset = 0;
    }
    return part;
  }
}
