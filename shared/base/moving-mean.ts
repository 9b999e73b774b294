/** A mean that follows what it measures: each new value counts for a fixed share, older ones for less and less. */

export class MovingMean {
  readonly #newestShare: number;
  #value: number | null = null;

  /** `newestShare`, 0 … 1: with 1/n the mean remembers about n values. */
  constructor(newestShare: number) {
    this.#newestShare = newestShare;
  }

  /** null before the first value. */
  get value(): number | null {
    return this.#value;
  }

  add(value: number): void {
    this.#value = this.#value === null ? value : this.#value + this.#newestShare * (value - this.#value);
  }
}
