/** A token bucket: how much of something one client may still do. Pure: time is an argument. */
import type { Millis } from '../shared/base/time.ts';
import type { Rate } from './limits.ts';

export class RateLimit {
  readonly #rate: Rate;
  /** Between 0 and `rate.burst`, as of `#filledAt`. */
  #tokens: number;
  #filledAt: Millis;

  constructor(rate: Rate, now: Millis) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAt = now;
  }

  /** Whether one more is allowed now; if so, it is counted. */
  take(now: Millis): boolean {
    return this.takeUpTo(1, now) === 1;
  }

  /** How many of `wanted` are allowed now, a whole number; they are counted. */
  takeUpTo(wanted: number, now: Millis): number {
    this.#refill(now);
    const granted = Math.min(wanted, Math.floor(this.#tokens));
    this.#tokens -= granted;
    return granted;
  }

  #refill(now: Millis): void {
    const elapsedMs = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + (elapsedMs / 1000) * this.#rate.perSecond);
    this.#filledAt = Math.max(now, this.#filledAt);
  }
}
