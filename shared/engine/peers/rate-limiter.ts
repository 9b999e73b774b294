/** A cap on bytes per second that the person chose: a token bucket (RFC 2697 in spirit) that lets a quarter of a second through at once. */
import { NEVER, type Millis } from '../../base/time.ts';
import { BLOCK_BYTES } from '../../wire/limits.ts';

/** How much may be saved up while nothing flows. */
const BURST_MS = 250;

export class RateLimiter {
  /** Bytes per second; null: no cap. */
  #rate: number | null = null;
  /** Bytes that may flow now; below zero after a block that was larger than what was left. */
  #tokens = 0;
  #filledAt: Millis = 0;

  /** Sets the cap, from `now` on. */
  limit(bytesPerSecond: number | null, now: Millis): void {
    this.#rate = bytesPerSecond;
    this.#tokens = 0;
    this.#filledAt = now;
  }

  /** Whether anything may flow now. What flows is told to `take`, and may be more than was left. */
  isOpen(now: Millis): boolean {
    this.#fill(now);
    return this.#rate === null || this.#tokens > 0;
  }

  take(bytes: number): void {
    if (this.#rate !== null) this.#tokens -= bytes;
  }

  /** When something may flow again; NEVER with no cap, or with a cap of nothing. */
  opensAt(now: Millis): Millis {
    if (this.#rate === null || this.#rate === 0) return NEVER;
    this.#fill(now);
    return now + Math.max(1, Math.ceil((-this.#tokens * 1000) / this.#rate));
  }

  #fill(now: Millis): void {
    if (this.#rate === null) return;
    const most = Math.max(BLOCK_BYTES, (this.#rate * BURST_MS) / 1000);
    this.#tokens = Math.min(most, this.#tokens + ((now - this.#filledAt) * this.#rate) / 1000);
    this.#filledAt = now;
  }
}
