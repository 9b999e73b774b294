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

type OfferKey = string;

export class OfferBook {
  readonly #limits: TrackerLimits;
  /** When each offer ends, by the answerer and then by the offer; the oldest first, since all live equally long. */
  readonly #endings = new Map<string, Map<OfferKey, Millis>>();

  constructor(limits: TrackerLimits) {
    this.#limits = limits;
  }

  /** How many answerers have offers waiting: what memory this costs. */
  get size(): number {
    return this.#endings.size;
  }

  /**
   * Notes an offer; false when too many wait for the same peer. Then the one with the most offers there gives up its oldest
   * to one who has less: who floods a peer locks out itself alone.
   */
  add(offer: WaitingOffer, now: Millis): boolean {
    const answerer = offer.infoHash + offer.answerer;
    const waiting = this.#endings.get(answerer) ?? new Map<OfferKey, Millis>();
    if (waiting.size >= this.#limits.offersWaitingPerPeerMax) dropEnded(waiting, now);
    if (waiting.size >= this.#limits.offersWaitingPerPeerMax && !dropOfBusiest(waiting, offer.offerer)) return false;
    const key = offer.offerId + offer.offerer;
    waiting.delete(key);
    waiting.set(key, now + this.#limits.offerLifetimeMs);
    this.#endings.set(answerer, waiting);
    return true;
  }

  /** Whether the offer waits; if so, it no longer does: each offer is answered or declined once. */
  take(offer: WaitingOffer, now: Millis): boolean {
    const answerer = offer.infoHash + offer.answerer;
    const waiting = this.#endings.get(answerer);
    const key = offer.offerId + offer.offerer;
    const endsAt = waiting?.get(key) ?? now;
    waiting?.delete(key);
    if (waiting?.size === 0) this.#endings.delete(answerer);
    return endsAt > now;
  }

  /** Forgets what has ended. Looks at every answerer once, so it is called seconds apart and not at each message. */
  sweep(now: Millis): void {
    for (const [answerer, waiting] of this.#endings) {
      dropEnded(waiting, now);
      if (waiting.size === 0) this.#endings.delete(answerer);
    }
  }
}

function dropEnded(waiting: Map<OfferKey, Millis>, now: Millis): void {
  for (const [key, endsAt] of waiting) {
    if (endsAt > now) return;
    waiting.delete(key);
  }
}

/** Drops the oldest offer of the offerer with the most; false when that one has no more than one more than `newcomer`. */
function dropOfBusiest(waiting: Map<OfferKey, Millis>, newcomer: PeerId): boolean {
  const byOfferer = new Map<string, OfferKey[]>();
  for (const key of waiting.keys()) {
    const offerer = key.slice(newcomer.length);
    const keys = byOfferer.get(offerer);
    if (keys === undefined) byOfferer.set(offerer, [key]);
    else keys.push(key);
  }
  const most = [...byOfferer.values()].reduce((a, b) => (b.length > a.length ? b : a));
  if (most.length <= (byOfferer.get(newcomer)?.length ?? 0) + 1) return false;
  return waiting.delete(most[0]);
}
