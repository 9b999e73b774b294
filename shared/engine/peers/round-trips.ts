/**
 * The shortest round trip of late, with whichever neighbour. When it is longer than the shortest one ever seen, our requests wait
 * on our own side, behind the content that we send (one queue on a home router: "bufferbloat", Gettys and Nichols 2011), and
 * more of them must be under way.
 *
 * Why over all neighbours: the round trip with one grows with what we asked of it, and a window that follows it would grow for
 * ever. What is common to all is not their queues.
 */
import { NEVER, seconds, type Millis } from '../../base/time.ts';

/** What "of late" is: between half of this and all of it. */
const LATE_MS = seconds(4);

/** With one neighbour alone, its queue does count; so much of it does no harm. */
export const BELIEVED_MS_MAX = seconds(1);

export class RoundTrips {
  /** Two halves of the time, the newer one begun at `#since`. */
  #newer = NEVER;
  #older = NEVER;
  #since: Millis = 0;

  add(roundTripMs: Millis, now: Millis): void {
    this.#turn(now);
    this.#newer = Math.min(this.#newer, roundTripMs);
  }

  /** In milliseconds; 0 when there was none, and never more than a second. */
  shortest(now: Millis): Millis {
    this.#turn(now);
    const shortest = Math.min(this.#newer, this.#older);
    return shortest === NEVER ? 0 : Math.min(shortest, BELIEVED_MS_MAX);
  }

  #turn(now: Millis): void {
    const age = now - this.#since;
    if (age < LATE_MS / 2) return;
    this.#older = age < LATE_MS ? this.#newer : NEVER;
    this.#newer = NEVER;
    this.#since = now;
  }
}
