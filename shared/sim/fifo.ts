/** A queue of values: first in, first out, O(1) each way. A ring that grows by doubling and keeps its memory. */

const CAPACITY_FIRST = 4;

export class Fifo<T> {
  /** Its length is a power of two, or 0. Places that hold no value hold `undefined`. */
  #ring: (T | undefined)[] = [];
  /** Where the first value is. */
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: T): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#ring[(this.#head + this.#length) & (this.#ring.length - 1)] = item;
    this.#length += 1;
  }

  /** The next value to be taken; undefined when there is none. */
  first(): T | undefined {
    return this.#length === 0 ? undefined : this.#ring[this.#head];
  }

  /** The value that was pushed last; undefined when there is none. */
  last(): T | undefined {
    return this.#length === 0 ? undefined : this.#ring[(this.#head + this.#length - 1) & (this.#ring.length - 1)];
  }

  /** Takes the first value; undefined when there is none. */
  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#ring[this.#head];
    this.#ring[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#ring.length - 1);
    this.#length -= 1;
    return item;
  }

  clear(): void {
    this.#ring = [];
    this.#head = 0;
    this.#length = 0;
  }

  #grow(): void {
    const ring = this.#ring;
    this.#ring = [...ring.slice(this.#head), ...ring.slice(0, this.#head)];
    this.#ring.push(...Array.from<undefined>({ length: Math.max(CAPACITY_FIRST, ring.length) }));
    this.#head = 0;
  }
}
