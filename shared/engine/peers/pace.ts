/**
 * How fast one neighbour answers, block by block: enough to tell when a block that it was asked for will be here (a smoothed mean, as of
 * round trips in RFC 6298; that the silence since the last block counts as well is ours).
 */
import { MovingMean } from '../../base/moving-mean.ts';
import type { Millis } from '../../base/time.ts';

/** Weight of the newest block in the mean: it remembers about four. */
const NEWEST_SHARE = 1 / 4;

export class Pace {
  /** Time between its blocks while it had requests. */
  readonly #blockMs = new MovingMean(NEWEST_SHARE);
  /** When its last block came, or requests went out to it after a pause. */
  #activeAt: Millis;

  constructor(now: Millis) {
    this.#activeAt = now;
  }

  /** A request goes out, and no other is waiting. */
  began(now: Millis): void {
    this.#activeAt = now;
  }

  /** A block that it was asked for came. The time since the one before. */
  answered(now: Millis): Millis {
    const gapMs = now - this.#activeAt;
    this.#blockMs.add(gapMs);
    this.#activeAt = now;
    return gapMs;
  }

  /**
   * From now until the `place`-th of its waiting requests (1 is the oldest) is answered. Silence counts: who is late with one block
   * will need as long for each that follows. 0 when nothing is known.
   */
  waitMs(place: number, now: Millis): Millis {
    return place * Math.max(this.#blockMs.value ?? 0, now - this.#activeAt);
  }

  /** From now until a block that it would be asked for now, with nothing else to do. 0 when nothing is known. */
  get answerMs(): Millis {
    return this.#blockMs.value ?? 0;
  }
}
