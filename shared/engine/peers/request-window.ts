/**
 * The requests one neighbour has not answered, and how many there should be (Kurose & Ross 2.5; Cohen 2003, "pipelining").
 *
 * Depth begins small and grows by one per block that comes (slow start) until it covers bandwidth × delay; then it follows the
 * measured rate. Delay is the shortest round trip seen, plus what requests wait on our own side (as far as the shortest round trip with anybody
 * of late is longer, see `round-trips`, and behind a block of ours on the same link), plus a quarter of a second of work for the neighbour's send queue.
 */
import { seconds, type Millis } from '../../base/time.ts';
import { BLOCK_BYTES } from '../../wire/limits.ts';
import type { Policies } from '../policies.ts';
import { RateMeter } from './rate-meter.ts';
import { BELIEVED_MS_MAX, type RoundTrips } from './round-trips.ts';

/** Requests to a neighbour whose speed is unknown: a quarter of a piece of 256 KiB. Sixteen bring the first piece no sooner. */
export const DEPTH_FIRST = 4;

/** Never fewer, so that an answer always finds the next request waiting; nor more, or slow neighbours hold what others have too. */
export const DEPTH_MIN = 2;

/** Never more: 8 MiB in flight with one neighbour. */
export const DEPTH_MAX = 500;

/** Where the depth is the same for all: “typically five” (Cohen 2003, 2.3). */
const DEPTH_FIXED = 5;

/** Waiting on our own side counts so many times: a depth that just covers it would never grow. */
const OWN_TIMES = 1.5;

/** How much work lies ready at the neighbour beyond one round trip. */
export const AHEAD_MS = 250;

/** Silence, with requests waiting, after which a neighbour counts as snubbing us, at most (libtorrent `piece_timeout`) … */
export const SNUB_MS = seconds(20);

/** … and at least: lines stall, above all through the air. */
export const SNUB_MS_MIN = seconds(5);

/** Between these it is so many times as long as a block usually takes. */
const SNUB_TIMES = 8;

/** The rate that sets the depth is measured over this long. */
const RATE_WINDOW_MS = seconds(2);

/** Number of a block in its torrent: piece × blocks per piece + block. */
export type BlockKey = number;

/** After how much silence a neighbour snubs us, when blocks take so long with all neighbours (null: none came yet) and with this one. */
export function snubAfterMs(usualMs: Millis | null, ownMs: Millis): Millis {
  if (usualMs === null) return SNUB_MS;
  return Math.min(SNUB_MS, Math.max(SNUB_MS_MIN, SNUB_TIMES * Math.max(usualMs, ownMs)));
}

/** Invariant: a key is in the window from `add` until exactly one of `end` and `clear`. */
export class RequestWindow {
  /** In the order sent, so that the first is the oldest. */
  readonly #sentAt = new Map<BlockKey, Millis>();
  readonly #rate: RateMeter;
  readonly #roundTrips: RoundTrips;
  readonly #pipelining: Policies['pipelining'];
  #depth: number;
  #isSlowStart = true;
  #roundTripMs = Number.POSITIVE_INFINITY;
  /** The last time something came, or the first request after an empty window went out. */
  #activeAt: Millis;
  #isSnubbed = false;
  /** How long a request waits for a block of ours that leaves before it. */
  #blockMs: Millis = 0;

  /** `roundTrips`: those with all neighbours, this one's too. */
  constructor(now: Millis, roundTrips: RoundTrips, pipelining: Policies['pipelining'] = 'adaptive') {
    this.#roundTrips = roundTrips;
    this.#pipelining = pipelining;
    this.#depth = { adaptive: DEPTH_FIRST, fixed: DEPTH_FIXED, one: 1 }[pipelining];
    this.#rate = new RateMeter(now, RATE_WINDOW_MS);
    this.#activeAt = now;
  }

  get size(): number {
    return this.#sentAt.size;
  }

  get isSnubbed(): boolean {
    return this.#isSnubbed;
  }

  /** How many more may be sent when the neighbour accepts `queueMax` at once. */
  room(queueMax: number): number {
    const depth = this.#isSnubbed ? 1 : this.#depth;
    return Math.min(depth, queueMax) - this.#sentAt.size;
  }

  has(key: BlockKey): boolean {
    return this.#sentAt.has(key);
  }

  /** The waiting requests, oldest first. */
  keys(): IterableIterator<BlockKey> {
    return this.#sentAt.keys();
  }

  add(key: BlockKey, now: Millis): void {
    if (this.#sentAt.size === 0) this.#wakeUp(now);
    this.#sentAt.set(key, now);
  }

  /** The request ended without its block; false when it was not waiting. */
  end(key: BlockKey): boolean {
    return this.#sentAt.delete(key);
  }

  /** The block came: ends the request and adapts the depth. False when it was not waiting. `blockMs`: how long a block of ours takes on this link. */
  answered(key: BlockKey, bytes: number, now: Millis, blockMs: Millis = 0): boolean {
    const sentAt = this.#sentAt.get(key);
    if (sentAt === undefined) return false;
    this.#sentAt.delete(key);
    this.#activeAt = now;
    this.#isSnubbed = false;
    this.#blockMs = blockMs;
    this.#roundTripMs = Math.min(this.#roundTripMs, now - sentAt);
    this.#roundTrips.add(now - sentAt, now);
    this.#rate.add(bytes, now);
    if (this.#pipelining === 'adaptive') this.#adapt(now);
    return true;
  }

  /** All requests end at once (choke, close): their keys. */
  clear(): BlockKey[] {
    const keys = [...this.#sentAt.keys()];
    this.#sentAt.clear();
    return keys;
  }

  /** Whether the waiting requests have met silence for too long; the neighbour then counts as snubbing until a block comes. */
  judgeSilence(now: Millis, patienceMs = SNUB_MS): boolean {
    if (this.#sentAt.size === 0 || now - this.#activeAt < patienceMs) return false;
    this.#isSnubbed = true;
    return true;
  }

  /** We slept: the waiting requests begin anew. */
  restart(now: Millis): void {
    this.#activeAt = now;
    this.#rate.restart(now);
    for (const key of this.#sentAt.keys()) this.#sentAt.set(key, now);
  }

  /** From a request to the end of the work that should lie ready when its block comes. */
  #delayMs(now: Millis): Millis {
    const queueMs = Math.max(0, this.#roundTrips.shortest(now) - this.#roundTripMs);
    return this.#roundTripMs + Math.min(BELIEVED_MS_MAX, OWN_TIMES * queueMs) + OWN_TIMES * this.#blockMs + AHEAD_MS;
  }

  /** The first request into an empty window: after a pause, what was measured before it says nothing. */
  #wakeUp(now: Millis): void {
    if (now - this.#activeAt > RATE_WINDOW_MS) {
      this.#rate.restart(now);
      this.#isSlowStart = true;
    }
    this.#activeAt = now;
  }

  /** One more for each block that comes (slow start), until the rate is covered; then as the rate says. */
  #adapt(now: Millis): void {
    const target = Math.ceil((this.#rate.rate(now) * this.#delayMs(now)) / 1000 / BLOCK_BYTES);
    if (this.#isSlowStart) {
      this.#isSlowStart = this.#depth < target;
      this.#depth += 1;
    } else {
      this.#depth = target;
    }
    this.#depth = Math.max(DEPTH_MIN, Math.min(DEPTH_MAX, this.#depth));
  }
}
