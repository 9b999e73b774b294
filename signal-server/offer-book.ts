/**
 * The offers that were delivered to peers of this node and wait for an answer. An answer or a decline passes only if its
 * offer stands here, so nobody can speak to a peer that did not call. Kept where the answerer is: nodes need not share it.
 */
import type { Millis } from '../shared/base/time.ts';
import type { InfoHash, PeerId } from '../shared/wire/ids.ts';
import type { OfferId } from '../shared/wire/signal-message.ts';
import type { TrackerLimits } from './limits.ts';

/** One offer that waits. */
export interface WaitingOffer {
  readonly infoHash: InfoHash;
  readonly offerer: PeerId;
  readonly answerer: PeerId;
  readonly offerId: OfferId;
}

/** What is kept of an offer. */
interface Waiting {
  readonly offerId: OfferId;
  readonly offerer: PeerId;
  readonly endsAt: Millis;
}

/**
 * The offers that wait for one answerer, the oldest first, since all live equally long. They are few (`offersWaitingPerPeerMax`),
 * and most wait for an answer that never comes: a list takes them at less cost than a map, and is looked through for each answer.
 */
type Waitings = Waiting[];

export class OfferBook {
  readonly #limits: TrackerLimits;
  /** By swarm and answerer, those without any left out. */
  readonly #swarms = new Map<InfoHash, Map<PeerId, Waitings>>();
  #answerers = 0;

  constructor(limits: TrackerLimits) {
    this.#limits = limits;
  }

  /** How many answerers have offers waiting: what memory this costs. */
  get size(): number {
    return this.#answerers;
  }

  /**
   * Notes an offer; false when too many wait for the same peer. Then the one with the most offers there gives up its oldest
   * to one who has less: who floods a peer locks out itself alone.
   */
  add({ infoHash, offerer, answerer, offerId }: WaitingOffer, now: Millis): boolean {
    const waiting = this.#find(infoHash, answerer) ?? this.#begin(infoHash, answerer);
    if (waiting.length >= this.#limits.offersWaitingPerPeerMax) dropEnded(waiting, now);
    if (waiting.length >= this.#limits.offersWaitingPerPeerMax && !dropOfBusiest(waiting, offerer)) return false;
    waiting.push({ offerId, offerer, endsAt: now + this.#limits.offerLifetimeMs });
    return true;
  }

  /** Whether the offer waits; if so, it no longer does: each offer is answered or declined once. */
  take({ infoHash, offerer, answerer, offerId }: WaitingOffer, now: Millis): boolean {
    const waiting = this.#find(infoHash, answerer) ?? [];
    let endsAt: Millis | null = null;
    // An offer that was made again stands here twice.
    for (let index = waiting.length - 1; index >= 0; index -= 1) {
      if (waiting[index].offerId !== offerId || waiting[index].offerer !== offerer) continue;
      endsAt ??= waiting[index].endsAt;
      waiting.splice(index, 1);
    }
    if (endsAt === null) return false;
    if (waiting.length === 0) this.#end(infoHash, answerer);
    return endsAt > now;
  }

  /** Forgets what has ended. Looks at every answerer once, so it is called seconds apart and not at each message. */
  sweep(now: Millis): void {
    for (const [infoHash, answerers] of this.#swarms) {
      for (const [answerer, waiting] of answerers) {
        dropEnded(waiting, now);
        if (waiting.length === 0) this.#end(infoHash, answerer);
      }
    }
  }

  #find(infoHash: InfoHash, answerer: PeerId): Waitings | undefined {
    return this.#swarms.get(infoHash)?.get(answerer);
  }

  #begin(infoHash: InfoHash, answerer: PeerId): Waitings {
    const waiting: Waitings = [];
    const answerers = this.#swarms.get(infoHash) ?? new Map<PeerId, Waitings>();
    answerers.set(answerer, waiting);
    this.#swarms.set(infoHash, answerers);
    this.#answerers += 1;
    return waiting;
  }

  #end(infoHash: InfoHash, answerer: PeerId): void {
    const answerers = this.#swarms.get(infoHash);
    if (answerers?.delete(answerer) === true) this.#answerers -= 1;
    if (answerers?.size === 0) this.#swarms.delete(infoHash);
  }
}

function dropEnded(waiting: Waitings, now: Millis): void {
  const alive = waiting.findIndex(({ endsAt }) => endsAt > now);
  waiting.splice(0, alive < 0 ? waiting.length : alive);
}

/** Drops the oldest offer of the offerer with the most; false when that one has no more than one more than `newcomer`. */
function dropOfBusiest(waiting: Waitings, newcomer: PeerId): boolean {
  const counts = new Map<PeerId, number>();
  for (const { offerer } of waiting) counts.set(offerer, (counts.get(offerer) ?? 0) + 1);
  const [busiest, most] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  if (most <= (counts.get(newcomer) ?? 0) + 1) return false;
  waiting.splice(
    waiting.findIndex(({ offerer }) => offerer === busiest),
    1,
  );
  return true;
}
