/**
 * The offers that were delivered to peers of this node and wait for an answer. An answer or a decline passes only if its
 * offer stands here, so nobody can speak to a peer that did not call. Kept where the answerer is: nodes need not share it.
 */
import type { Millis } from '../shared/base/time.ts';
import type { InfoHash, PeerId } from '../shared/wire/ids.ts';
import type { OfferId } from '../shared/wire/signal-message.ts';
import type { TrackerLimits } from './limits.ts';
import { type OfferChain, OfferChains, emptyChain } from './offer-chains.ts';

/** One offer that waits. */
export interface WaitingOffer {
  readonly infoHash: InfoHash;
  readonly offerer: PeerId;
  readonly answerer: PeerId;
  readonly offerId: OfferId;
}

export class OfferBook {
  readonly #limits: TrackerLimits;
  /** By swarm and answerer, those without any left out. All live equally long, so that in each list the oldest ends first. */
  readonly #swarms = new Map<InfoHash, Map<PeerId, OfferChain>>();
  #chains = new OfferChains();
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
    const isCrowded = (): boolean => waiting.length >= this.#limits.offersWaitingPerPeerMax;
    if (isCrowded()) this.#chains.dropEnded(waiting, now);
    if (isCrowded() && !this.#dropOfBusiest(waiting, offerer)) return false;
    this.#chains.push(waiting, { offerId, offerer, endsAt: now + this.#limits.offerLifetimeMs });
    return true;
  }

  /** Whether the offer waits; if so, it no longer does: each offer is answered or declined once. */
  take({ infoHash, offerer, answerer, offerId }: WaitingOffer, now: Millis): boolean {
    const waiting = this.#find(infoHash, answerer);
    if (waiting === undefined) return false;
    // An offer that was made again stands here twice.
    const endsAt = this.#chains.take(waiting, offerId, offerer);
    if (waiting.length === 0) this.#end(infoHash, answerer);
    return endsAt !== null && endsAt > now;
  }

  /** Forgets what has ended. Looks at every answerer once, so it is called seconds apart and not at each message. */
  sweep(now: Millis): void {
    for (const [infoHash, answerers] of this.#swarms) {
      for (const [answerer, waiting] of answerers) {
        this.#chains.dropEnded(waiting, now);
        if (waiting.length === 0) this.#end(infoHash, answerer);
      }
    }
    // What a rush needed is given back when nothing of it is left.
    if (this.#answerers === 0) this.#chains = new OfferChains();
  }

  #find(infoHash: InfoHash, answerer: PeerId): OfferChain | undefined {
    return this.#swarms.get(infoHash)?.get(answerer);
  }

  #begin(infoHash: InfoHash, answerer: PeerId): OfferChain {
    const waiting = emptyChain();
    const answerers = this.#swarms.get(infoHash) ?? new Map<PeerId, OfferChain>();
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

  /** Drops the oldest offer of the offerer with the most; false when that one has no more than one more than `newcomer`. */
  #dropOfBusiest(waiting: OfferChain, newcomer: PeerId): boolean {
    const counts = new Map<PeerId, number>();
    for (const offerer of this.#chains.offerers(waiting)) counts.set(offerer, (counts.get(offerer) ?? 0) + 1);
    const [busiest, most] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
    if (most <= (counts.get(newcomer) ?? 0) + 1) return false;
    this.#chains.dropOldestOf(waiting, busiest);
    return true;
  }
}
