/**
 * Lists of waiting offers, kept in a few pieces of memory instead of an object for each: a busy server notes tens of thousands in a
 * second, which all live for two minutes, so that the collector would copy each of them twice and look at it again and again.
 */
import { byteAt } from '../shared/base/bytes.ts';
import type { Millis } from '../shared/base/time.ts';
import { ID_BYTES, type PeerId } from '../shared/wire/ids.ts';
import type { OfferId } from '../shared/wire/signal-message.ts';

/** One list, the oldest offer first. Belongs to its `OfferChains`. */
export interface OfferChain {
  first: number;
  last: number;
  length: number;
}

/** What stands in a list. */
export interface ChainedOffer {
  readonly offerId: OfferId;
  readonly offerer: PeerId;
  readonly endsAt: Millis;
}

/** No place: before the first offer of a list, behind the last one, in an empty one. */
const NONE = -1;

const ROOM_MIN = 1024;

export const emptyChain = (): OfferChain => ({ first: NONE, last: NONE, length: 0 });

export class OfferChains {
  /** By place: the bytes of the offer id, who offered, when it ends, and the place of the next one in its list. */
  #ids = new Uint8Array(ROOM_MIN * ID_BYTES);
  #offerers: (PeerId | null)[] = [];
  #endsAt = new Float64Array(ROOM_MIN);
  #nexts = new Int32Array(ROOM_MIN);
  /** Places below this one were used; those that are free again are a list by `#nexts`. */
  #used = 0;
  #free = NONE;

  /** Puts an offer at the end. */
  push(chain: OfferChain, { offerId, offerer, endsAt }: ChainedOffer): void {
    const place = this.#take();
    const begin = place * ID_BYTES;
    for (let index = 0; index < ID_BYTES; index += 1) this.#ids[begin + index] = byteAt(offerId, 2 * index);
    this.#offerers[place] = offerer;
    this.#endsAt[place] = endsAt;
    this.#nexts[place] = NONE;
    if (chain.last === NONE) chain.first = place;
    else this.#nexts[chain.last] = place;
    chain.last = place;
    chain.length += 1;
  }

  /** Takes out every offer with this id and offerer; when the latest of them ends, null if there was none. */
  take(chain: OfferChain, offerId: OfferId, offerer: PeerId): Millis | null {
    let endsAt: Millis | null = null;
    let before = NONE;
    for (let place = chain.first; place !== NONE;) {
      const next = this.#nexts[place];
      if (this.#offerers[place] === offerer && this.#hasId(place, offerId)) {
        endsAt = this.#endsAt[place];
        this.#remove(chain, before, place);
      } else before = place;
      place = next;
    }
    return endsAt;
  }

  /** Takes out the offers at the beginning that have ended: all that have, where all live equally long. */
  dropEnded(chain: OfferChain, now: Millis): void {
    while (chain.first !== NONE && this.#endsAt[chain.first] <= now) this.#remove(chain, NONE, chain.first);
  }

  /** Takes out the oldest offer of this offerer. */
  dropOldestOf(chain: OfferChain, offerer: PeerId): void {
    let before = NONE;
    for (let place = chain.first; place !== NONE; place = this.#nexts[place]) {
      if (this.#offerers[place] === offerer) return this.#remove(chain, before, place);
      before = place;
    }
  }

  /** Who made the offers, the oldest first. */
  offerers(chain: OfferChain): PeerId[] {
    const offerers: PeerId[] = [];
    for (let place = chain.first; place !== NONE; place = this.#nexts[place]) offerers.push(this.#offerers[place]!);
    return offerers;
  }

  #hasId(place: number, offerId: OfferId): boolean {
    const begin = place * ID_BYTES;
    for (let index = 0; index < ID_BYTES; index += 1) {
      if (this.#ids[begin + index] !== byteAt(offerId, 2 * index)) return false;
    }
    return true;
  }

  #remove(chain: OfferChain, before: number, place: number): void {
    const next = this.#nexts[place];
    if (before === NONE) chain.first = next;
    else this.#nexts[before] = next;
    if (chain.last === place) chain.last = before;
    chain.length -= 1;
    this.#offerers[place] = null;
    this.#nexts[place] = this.#free;
    this.#free = place;
  }

  #take(): number {
    if (this.#free !== NONE) {
      const place = this.#free;
      this.#free = this.#nexts[place];
      return place;
    }
    if (this.#used === this.#nexts.length) this.#grow();
    this.#used += 1;
    return this.#used - 1;
  }

  #grow(): void {
    const room = 2 * this.#nexts.length;
    const [ids, endsAt, nexts] = [this.#ids, this.#endsAt, this.#nexts];
    this.#ids = new Uint8Array(room * ID_BYTES);
    this.#endsAt = new Float64Array(room);
    this.#nexts = new Int32Array(room);
    this.#ids.set(ids);
    this.#endsAt.set(endsAt);
    this.#nexts.set(nexts);
  }
}
