/** A queue of values: first in, first out, O(1) each way. */

/** Taken values are cut off an array in bulk, once this many lie at its front and are half of it. */
const CUT_AT = 64;

export class Fifo<T> {
  #items: T[] = [];
  /** Index of the first value not taken yet. */
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** The next value to be taken; undefined when there is none. */
  first(): T | undefined {
    return this.#items[this.#head];
  }

  /** The value that was pushed last; undefined when there is none. */
  last(): T | undefined {
    return this.length === 0 ? undefined : this.#items[this.#items.length - 1];
  }

  /** Takes the first value; undefined when there is none. */
  shift(): T | undefined {
    if (this.#head === this.#items.length) return undefined;
    const item = this.#items[this.#head];
    this.#head += 1;
    if (this.#head === this.#items.length) {
      this.#items.length = 0;
      this.#head = 0;
    } else if (this.#head >= CUT_AT && 2 * this.#head >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  clear(): void {
    this.#items = [];
    this.#head = 0;
  }
}
