/**
 * How many connections a tab may have and make, all its swarms together. Chromium refuses new ones once 500 objects exist in its
 * process, those included that are closed but not collected yet; so even if none were ever collected, an hour stays below.
 */
import { minutes, type Millis } from '../../shared/base/time.ts';

/** Connections at once, those in the making included. */
export const LIVE_MAX = 60;

/** Made at once, when a crowd is met: twice a full house. */
const BURST = 120;

/** After that, one each ten seconds: with the burst, 480 in the first hour. */
const PER_MINUTE = 6;

export class ConnectionBudget {
  readonly #now: () => Millis;
  #live = 0;
  #allowance = BURST;
  #countedAt: Millis;

  constructor(now: () => Millis) {
    this.#now = now;
    this.#countedAt = now();
  }

  /** Whether one more may be made. If so, `release` must follow when it has ended. */
  take(): boolean {
    const now = this.#now();
    this.#allowance = Math.min(BURST, this.#allowance + ((now - this.#countedAt) / minutes(1)) * PER_MINUTE);
    this.#countedAt = now;
    if (this.#live >= LIVE_MAX || this.#allowance < 1) return false;
    this.#live += 1;
    this.#allowance -= 1;
    return true;
  }

  release(): void {
    this.#live -= 1;
  }
}
