/**
 * How many neighbours are served at once: as few as fill the uplink, since a thin share makes every piece late; five at least, or three
 * by who gives first copies: where few are served, those who pass them on soonest are next.
 *
 * What one neighbour gets is held back by its congestion window while that is young: at a round trip of 300 ms five fresh windows
 * of SCTP carry 200 kB/s (RFC 9260, 7.2). So there are more from the start where neighbours are far: five for each 100 ms of the
 * shortest round trip, from an unchoke to the first request. What the uplink holds is not known; the most that ever left in the time
 * of measuring is taken for it. While more leaves than ever, or clearly less although content is under way to everybody served, slots are added.
 * While the uplink is full, one is taken away at each look: whether it was one too many is found out by doing without.
 *
 * libtorrent's rate-based choker (`choker.cpp`) answers the same question with a threshold for the rate of each neighbour, which
 * takes no account of the distance.
 */
import { seconds, type Millis } from '../../base/time.ts';
import { BLOCK_BYTES } from '../../wire/limits.ts';
import { UPLOAD_SLOTS, UPLOAD_SLOTS_MAX } from './choker.ts';
import { RateMeter } from './rate-meter.ts';

/** Five slots are the least for a shortest round trip of so long; for a longer one, as many more. */
const NEAR_MS = 100;

/** A seed that gives first copies serves so many at least … */
const FIRST_COPIES_SLOTS = 3;

/** … and one more than fill the line by fresh windows of so much, ten packets (dcSCTP): one may be between two pieces. */
const FRESH_WINDOW_BYTES = 12_000;

/** What leaves is measured over this long. */
const RATE_WINDOW_MS = seconds(2);

/** More than the most by this factor is no chance. */
const RISING = 1.02;

/** Less than this share of the most is clearly less … */
const SLACK = 0.9;

/** … and from this share on the uplink counts as full. */
const FULL = 0.95;

/** By this factor slots are added. */
const GROWTH = 1.25;

/** Slots are added as far as each neighbour gets so much, in bytes per second: a block that takes longer looks like silence. */
const SHARE_MIN = BLOCK_BYTES;

/** The most fades by this factor at each look, in case that the line has become slower: by half in six minutes. */
const FADING = 0.998;

/** Of those served, so many have content under way while we are busy: one that was just given a slot may have none. */
const BUSY_SHARE = 0.8;

/** So long a number of slots that turned out to be too few is not tried again. */
const REGRET_MS = seconds(30);

/** So many looks cover the time of measuring, and one more, since the first finds us busy for a part of its second. */
const BUSY_LOOKS = 3;

/** What a look needs to know. */
export interface Served {
  /** Neighbours that are served … */
  readonly count: number;
  /** … and those of them to whom content is under way. */
  readonly busy: number;
  readonly getFirstCopies: boolean;
}

/** Invariant: five slots at least, three while first copies are given, `UPLOAD_SLOTS_MAX` at most. */
export class UploadSlots {
  #count = UPLOAD_SLOTS;
  readonly #rate: RateMeter;
  /** The most that ever left, in bytes per second. */
  #mostRate = 0;
  #tooFew = 0;
  #tooFewUntil: Millis = 0;
  /** Looks at which we were busy, up to now. */
  #busyLooks = 0;
  #roundTripMs = Number.POSITIVE_INFINITY;

  constructor(now: Millis) {
    this.#rate = new RateMeter(now, RATE_WINDOW_MS);
  }

  get count(): number {
    return this.#count;
  }

  /** Content left. */
  sent(bytes: number, now: Millis): void {
    this.#rate.add(bytes, now);
  }

  /** So long after it was unchoked, a neighbour asked for its first block: a round trip, if it did not hesitate. */
  asked(afterMs: Millis): void {
    this.#roundTripMs = Math.min(this.#roundTripMs, afterMs);
  }

  /** Once a second: more slots, or fewer. */
  review(served: Served, now: Millis): void {
    const rate = this.#rate.rate(now);
    const most = FADING * this.#mostRate;
    const isTaken = served.count >= this.#count;
    const isBusy = isTaken && served.busy >= BUSY_SHARE * served.count;
    if (rate > RISING * most) {
      // Before we were busy for as long as is measured, it rises because there was less to send before.
      if (isBusy && this.#busyLooks >= BUSY_LOOKS) this.#grow(rate);
    } else if (rate < SLACK * most) {
      if (isTaken && served.busy === served.count) {
        if (now >= this.#tooFewUntil) {
          this.#tooFew = this.#count;
          this.#tooFewUntil = now + REGRET_MS;
        }
        this.#grow(rate);
      }
    } else if (rate >= FULL * most && (this.#count > this.#tooFew + 1 || now >= this.#tooFewUntil)) {
      this.#count -= 1;
    }
    this.#mostRate = Math.max(most, rate);
    this.#count = Math.max(this.#count, this.#least(served));
    this.#busyLooks = isBusy ? this.#busyLooks + 1 : 0;
  }

  /** We slept: measuring begins anew. */
  restart(now: Millis): void {
    this.#rate.restart(now);
  }

  #least({ getFirstCopies }: Served): number {
    if (!Number.isFinite(this.#roundTripMs)) return UPLOAD_SLOTS;
    const far = Math.ceil((UPLOAD_SLOTS * this.#roundTripMs) / NEAR_MS);
    const least = Math.max(UPLOAD_SLOTS, Math.min(far, enoughFor(this.#mostRate)));
    const windows = 1 + Math.ceil((this.#mostRate * this.#roundTripMs) / 1000 / FRESH_WINDOW_BYTES);
    return getFirstCopies ? Math.min(least, Math.max(FIRST_COPIES_SLOTS, windows)) : least;
  }

  #grow(rate: number): void {
    this.#count = Math.max(this.#count, Math.min(enoughFor(rate), Math.ceil(GROWTH * this.#count)));
  }
}

/** As many as each get their share. */
function enoughFor(rate: number): number {
  return Math.min(UPLOAD_SLOTS_MAX, Math.floor(rate / SHARE_MIN));
}
