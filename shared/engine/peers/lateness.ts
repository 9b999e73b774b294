/**
 * How late this machine is: how long after the moment it asked for the engine is woken, in the mean. Where tabs share a processor that is
 * fully used, that is the limit, and no line: what saves messages is then worth more than what saves time on a line. In the simulator nobody
 * is late.
 */
import { MovingMean } from '../../base/moving-mean.ts';
import type { Millis } from '../../base/time.ts';

/** Two tabs that have two cores to themselves are 8 ms late at 12 MB/s, and eleven 50 ms. */
const LATE_MS: Millis = 20;

/** A single pause, such as a laptop's sleep, counts for no more than this: it does not make a machine late. */
const COUNTED_MS_MAX: Millis = 200;

/** While it serves somebody, the engine is woken twenty times a second: the mean is that of the last one. */
const NEWEST_SHARE = 1 / 20;

export class Lateness {
  readonly #mean = new MovingMean(NEWEST_SHARE);

  constructor() {
    this.#mean.add(0);
  }

  /** In the mean. */
  get ms(): Millis {
    return this.#mean.value ?? 0;
  }

  /** Whether the processor counts for more than any line. */
  get isGreat(): boolean {
    return this.ms > LATE_MS;
  }

  /** The engine was to be woken at `dueAt`, and is now. */
  woken(dueAt: Millis, now: Millis): void {
    this.#mean.add(Math.min(COUNTED_MS_MAX, now - dueAt));
  }
}
