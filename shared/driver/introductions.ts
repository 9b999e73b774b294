/**
 * Session descriptions on their way between the signal link and the transport: which offer belongs to which link. The engine
 * decides about links and never sees one.
 */
import type { Effect, LinkId } from '../engine/swarm-io.ts';
import type { InfoHash, PeerId } from '../wire/ids.ts';
import type { BlindOffer, OfferId } from '../wire/signal-message.ts';
import type { PeerTransport, SignalLink } from './ports.ts';

type Announce = Extract<Effect, { kind: 'announce' }>;

interface IntroductionParts {
  readonly infoHash: InfoHash;
  readonly peerId: PeerId;
  readonly transport: PeerTransport;
  readonly signal: SignalLink;
  /** A link could not even be offered, or the offer was refused. */
  readonly onFailure: (link: LinkId, reason: string) => void;
}

/** Our offer, waiting for its answer. */
interface OpenOffer {
  readonly link: LinkId;
  readonly peer: PeerId;
}

/** Our offer to anybody: with the same one, each announce tries somebody else. */
interface OfferToAnybody {
  readonly link: LinkId;
  /** null while it is being made. */
  sdp: string | null;
}

/** Offers to anybody that wait at once; as many as stock clients make. */
const BLIND_OFFERS = 5;

export class Introductions {
  readonly #parts: IntroductionParts;
  /** Offers we made. */
  readonly #ours = new Map<OfferId, OpenOffer>();
  /** Links for which we are making an answer. */
  readonly #answering = new Set<LinkId>();
  /** Offers made to us, until the engine decides. */
  readonly #theirs = new Map<OfferId, string>();
  /** Offers that we made to anybody, for servers that name nobody. */
  readonly #blind = new Map<OfferId, OfferToAnybody>();
  /** What was answered to them, until the engine decides. */
  readonly #answers = new Map<LinkId, string>();
  #offersMade = 0;
  /** Whether announces bring offers to anybody. */
  offersToAnybody = false;
  /** The server's secret for this peer, echoed so that a new socket is the same peer. */
  trackerId: string | null = null;

  constructor(parts: IntroductionParts) {
    this.#parts = parts;
  }

  announce(effect: Announce): void {
    if (this.offersToAnybody && effect.neighboursWanted > 0) void this.#announceWithOffers(effect);
    else this.#announce(effect, []);
  }

  async #announceWithOffers(effect: Announce): Promise<void> {
    const missing = Math.min(BLIND_OFFERS, effect.neighboursWanted) - this.#blind.size;
    await Promise.all(Array.from({ length: Math.max(0, missing) }, () => this.#offerToAnybody()));
    const offers = [...this.#blind].flatMap(([offerId, { sdp }]) => (sdp === null ? [] : [{ offerId, sdp }]));
    this.#announce(effect, offers);
  }

  /** Never rejects: one that cannot be made is left out. */
  async #offerToAnybody(): Promise<void> {
    const offerId = this.#newOfferId();
    const offer: OfferToAnybody = { link: -this.#offersMade as LinkId, sdp: null };
    this.#blind.set(offerId, offer);
    try {
      offer.sdp = await this.#parts.transport.dial(offer.link, null);
    } catch {
      this.#blind.delete(offerId);
    }
  }

  #announce(effect: Announce, offers: readonly BlindOffer[]): void {
    const { event, uploaded, downloaded, left, neighboursWanted } = effect;
    const { infoHash, peerId, signal } = this.#parts;
    signal.send({
      kind: 'announce',
      infoHash,
      peerId,
      event,
      uploaded,
      downloaded,
      left,
      offersWanted: offers.length,
      offers,
      neighboursWanted,
      trackerId: this.trackerId,
    });
  }

  /** Makes an offer and sends it to `peer`. */
  dial(link: LinkId, peer: PeerId): void {
    const offerId = this.#newOfferId();
    this.#ours.set(offerId, { link, peer });
    this.#parts.transport.dial(link, peer).then(
      (sdp) => {
        if (this.#ours.has(offerId)) this.#send('offer', peer, offerId, sdp);
      },
      (error: unknown) => this.#fail(link, error),
    );
  }

  keepOffer(offerId: OfferId, sdp: string): void {
    this.#theirs.set(offerId, sdp);
  }

  ignore(offerId: OfferId): void {
    this.#theirs.delete(offerId);
  }

  /** Says no to the offer that was kept under this id. */
  decline(peer: PeerId, offerId: OfferId): void {
    const { infoHash, peerId, signal } = this.#parts;
    this.#theirs.delete(offerId);
    signal.send({ kind: 'decline', infoHash, peerId, toPeerId: peer, offerId });
  }

  /** Answers the offer that was kept under this id, or declines it where no connection can be made. */
  accept(link: LinkId, peer: PeerId, offerId: OfferId): void {
    const offer = this.#theirs.get(offerId) ?? '';
    this.#theirs.delete(offerId);
    this.#answering.add(link);
    this.#parts.transport.accept(link, offer, peer).then(
      (sdp) => {
        if (this.#answering.delete(link)) this.#send('answer', peer, offerId, sdp);
      },
      (error: unknown) => {
        // Its maker would wait for an answer as long as a connection may take.
        if (this.#answering.has(link)) this.decline(peer, offerId);
        this.#fail(link, error);
      },
    );
  }

  /**
   * An answer to an offer of ours, from the peer it was made to; any other is ignored. To an offer to anybody the first one
   * counts: then the link is returned, and the engine decides whether it is wanted.
   */
  answered(offerId: OfferId, peer: PeerId, sdp: string): LinkId | null {
    const blind = this.#blind.get(offerId);
    if (blind !== undefined) {
      this.#blind.delete(offerId);
      this.#answers.set(blind.link, sdp);
      return blind.link;
    }
    const offer = this.#ours.get(offerId);
    if (offer?.peer !== peer) return null;
    this.#ours.delete(offerId);
    this.#parts.transport.complete(offer.link, sdp);
    return null;
  }

  /** The answer to an offer to anybody is wanted; a link of the transport's own has none. */
  complete(link: LinkId): void {
    const sdp = this.#answers.get(link) ?? '';
    this.#answers.delete(link);
    this.#parts.transport.complete(link, sdp);
  }

  /** The server could not deliver our offer. */
  refused(offerId: OfferId, reason: string): void {
    const offer = this.#ours.get(offerId);
    if (offer === undefined) return;
    this.#ours.delete(offerId);
    this.#parts.transport.close(offer.link);
    this.#parts.onFailure(offer.link, reason);
  }

  /** The link is not wanted any more. */
  forget(link: LinkId): void {
    this.#answering.delete(link);
    this.#answers.delete(link);
    for (const offers of [this.#ours, this.#blind]) {
      for (const [offerId, offer] of offers) if (offer.link === link) offers.delete(offerId);
    }
  }

  /** Unlike any other offer in the swarm: our own twelve random letters, and a count. */
  #newOfferId(): OfferId {
    this.#offersMade += 1;
    return (this.#parts.peerId.slice(16) + this.#offersMade.toString(16).padStart(16, '0')) as OfferId;
  }

  #send(kind: 'offer' | 'answer', toPeerId: PeerId, offerId: OfferId, sdp: string): void {
    const { infoHash, peerId, signal } = this.#parts;
    signal.send({ kind, infoHash, peerId, toPeerId, offerId, sdp });
  }

  #fail(link: LinkId, error: unknown): void {
    this.forget(link);
    this.#parts.transport.close(link);
    this.#parts.onFailure(link, error instanceof Error ? error.message : String(error));
  }
}
