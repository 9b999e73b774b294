/** Bytes per second over a sliding window (20 s in Cohen 2003, 3.2), in a ring of equal slots: both cost the same at every rate. */
import type { Millis } from '../../base/time.ts';

const SLOTS = 20;

export class RateMeter {
  /** No typed array: it would cost three times the memory, for each of some hundred meters in a tab. */
  readonly #slots: number[] = Array.from({ length: SLOTS }, () => 0);
  readonly #slotMs: Millis;
  /** Number of the newest slot since time 0. */
  #newest: number;
  #since: Millis;
  #sum = 0;
  /** All bytes ever added. */
  total = 0;

  /** A meter that begins at `now` and looks back `windowMs`. */
  constructor(now: Millis, windowMs: Millis) {
    this.#slotMs = windowMs / SLOTS;
    this.#newest = Math.floor(now / this.#slotMs);
    this.#since = now;
  }

  add(bytes: number, now: Millis): void {
    this.#advance(now);
    this.#slots[this.#newest % SLOTS] += bytes;
    this.#sum += bytes;
    this.total += bytes;
  }

  /** Bytes per second over the window, or since the start when that is shorter (but not over less than one slot). */
  rate(now: Millis): number {
    this.#advance(now);
    const fullSlotsMs = (SLOTS - 1) * this.#slotMs + (now - this.#newest * this.#slotMs);
    const spanMs = Math.min(fullSlotsMs, now - this.#since);
    return (this.#sum * 1000) / Math.max(spanMs, this.#slotMs);
  }

  /** Forgets the window, not the total: after sleep, the past says nothing. */
  restart(now: Millis): void {
    this.#slots.fill(0);
    this.#sum = 0;
    this.#newest = Math.floor(now / this.#slotMs);
    this.#since = now;
  }

  #advance(now: Millis): void {
    const slot = Math.floor(now / this.#slotMs);
    const steps = Math.min(slot - this.#newest, SLOTS);
    for (let step = 1; step <= steps; step += 1) {
      const at = (this.#newest + step) % SLOTS;
      this.#sum -= this.#slots[at];
      this.#slots[at] = 0;
    }
    if (slot > this.#newest) this.#newest = slot;
  }
}
