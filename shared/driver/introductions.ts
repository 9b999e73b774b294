/**
 * Session descriptions on their way between the signal link and the transport: which offer belongs to which link. The engine
 * decides about links and never sees one.
 */
import type { Effect, LinkId } from '../engine/swarm-io.ts';
import type { InfoHash, PeerId } from '../wire/ids.ts';
import type { OfferId } from '../wire/signal-message.ts';
import type { PeerTransport, SignalLink } from './ports.ts';

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

export class Introductions {
  readonly #parts: IntroductionParts;
  /** Offers we made. */
  readonly #ours = new Map<OfferId, OpenOffer>();
  /** Links for which we are making an answer. */
  readonly #answering = new Set<LinkId>();
  /** Offers made to us, until the engine decides. */
  readonly #theirs = new Map<OfferId, string>();
  #offersMade = 0;
  /** The server's secret for this peer, echoed so that a new socket is the same peer. */
  trackerId: string | null = null;

  constructor(parts: IntroductionParts) {
    this.#parts = parts;
  }

  announce(effect: Effect & { kind: 'announce' }): void {
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
      offersWanted: 0,
      offers: [],
      neighboursWanted,
      trackerId: this.trackerId,
    });
  }

  /** Makes an offer and sends it to `peer`. */
  dial(link: LinkId, peer: PeerId): void {
    const offerId = this.#newOfferId();
    this.#ours.set(offerId, { link, peer });
    this.#parts.transport.dial(link).then(
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

  /** Answers the offer that was kept under this id. */
  accept(link: LinkId, peer: PeerId, offerId: OfferId): void {
    const offer = this.#theirs.get(offerId) ?? '';
    this.#theirs.delete(offerId);
    this.#answering.add(link);
    this.#parts.transport.accept(link, offer).then(
      (sdp) => {
        if (this.#answering.delete(link)) this.#send('answer', peer, offerId, sdp);
      },
      (error: unknown) => this.#fail(link, error),
    );
  }

  /** An answer to an offer of ours, from the peer it was made to; any other is ignored. */
  answered(offerId: OfferId, peer: PeerId, sdp: string): void {
    const offer = this.#ours.get(offerId);
    if (offer?.peer !== peer) return;
    this.#ours.delete(offerId);
    this.#parts.transport.complete(offer.link, sdp);
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
    for (const [offerId, offer] of this.#ours) if (offer.link === link) this.#ours.delete(offerId);
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
