/**
 * The rules of the signal server: who joins which swarm, who is told of whom, whose offers, answers and declines pass.
 * WebTorrent's tracker protocol, with neighbours by name and directed offers. Pure but for its two ports: time is an
 * argument, and what is to be said to the client that speaks is returned.
 */
import type { Millis } from '../shared/base/time.ts';
import type { InfoHash, PeerId } from '../shared/wire/ids.ts';
import type { BlindOffer, ClientMessage, OfferId, ServerMessage, SwarmCounts } from '../shared/wire/signal-message.ts';
import { NO_ROOM } from '../shared/wire/signal-session.ts';
import type { Directory, Entry, EntryResult, PeerRecord } from './directory.ts';
import type { TrackerLimits } from './limits.ts';
import { type MaybePromise, andThen, settled } from './maybe-promise.ts';
import { OfferBook } from './offer-book.ts';
import type { Delivery, Receipt, Relay, SocketId } from './relay.ts';
import { type Membership, Session } from './session.ts';

type Announce = Extract<ClientMessage, { kind: 'announce' }>;
type Directed = Extract<ClientMessage, { kind: 'offer' | 'answer' }>;
type Decline = Extract<ClientMessage, { kind: 'decline' }>;
type Scrape = Extract<ClientMessage, { kind: 'scrape' }>;

export interface TrackerParts {
  readonly directory: Directory;
  readonly relay: Relay;
  readonly limits: TrackerLimits;
  /** Whether a swarm is not served at all. */
  readonly isBlocked: (infoHash: InfoHash) => boolean;
  /** A new secret, 32 characters that nobody can guess; not drawn from a seeded source in a real server. */
  readonly newTrackerId: () => string;
}

export class Tracker {
  readonly #directory: Directory;
  readonly #relay: Relay;
  readonly #limits: TrackerLimits;
  readonly #isBlocked: (infoHash: InfoHash) => boolean;
  readonly #newTrackerId: () => string;
  /** The open sockets of this node. */
  readonly #sessions = new Map<SocketId, Session>();
  readonly #offers: OfferBook;

  constructor(parts: TrackerParts) {
    this.#directory = parts.directory;
    this.#relay = parts.relay;
    this.#limits = parts.limits;
    this.#isBlocked = parts.isBlocked;
    this.#newTrackerId = parts.newTrackerId;
    this.#offers = new OfferBook(parts.limits);
  }

  /** What this node holds in memory besides the directory, to be watched. */
  get load(): { readonly sockets: number; readonly peersCalled: number } {
    return { sockets: this.#sessions.size, peersCalled: this.#offers.size };
  }

  /** A socket opened. `send` writes what others have for it; answers to its own messages are what `handle` returns. */
  open(socket: SocketId, send: (message: ServerMessage) => void, now: Millis): void {
    const session = new Session({ socket, send, trackerId: this.#newTrackerId() }, this.#limits, now);
    this.#sessions.set(socket, session);
    this.#relay.attach(socket, (delivery, at) => this.#receive(session, delivery, at), now);
  }

  /** The socket gave a sign of life. */
  heard(socket: SocketId, now: Millis): void {
    this.#relay.heard(socket, now);
  }

  /** The replies to a message. The caller waits for one message of a socket to be handled before it brings the next. */
  handle(socket: SocketId, message: ClientMessage, now: Millis): MaybePromise<readonly ServerMessage[]> {
    const session = this.#sessions.get(socket);
    if (session === undefined) return [];
    this.#relay.heard(socket, now);
    if (message.kind !== 'scrape' && this.#isBlocked(message.infoHash)) return this.#block(session, message);
    switch (message.kind) {
      case 'announce':
        return message.event === 'stopped'
          ? this.#stop(session, message)
          : andThen(this.#announce(session, message, now), (reply) => [reply]);
      case 'offer':
        return this.#offer(session, message, now);
      case 'answer':
      case 'decline':
        return this.#reply(session, message, now);
      case 'scrape':
        return this.#scrape(session, message, now);
    }
  }

  /** The socket closed: its peers leave, except those that another socket has taken over. */
  async close(socket: SocketId): Promise<void> {
    const session = this.#sessions.get(socket);
    this.#sessions.delete(socket);
    this.#relay.detach(socket);
    if (session === undefined) return;
    await settled(session.memberships().map(({ infoHash, peerId }) => this.#directory.leave(infoHash, peerId, socket)));
  }

  /** Forgets what has grown old: silent peers, and offers that nobody answered. To be called every few seconds. */
  async sweep(now: Millis): Promise<void> {
    this.#offers.sweep(now);
    await this.#directory.expire(now - this.#limits.peerLifetimeMs);
  }

  /** Refuses, and takes the peer out if it was in the swarm before that was blocked. */
  async #block(session: Session, { infoHash, peerId }: Membership): Promise<readonly ServerMessage[]> {
    session.forget({ infoHash, peerId });
    await this.#directory.leave(infoHash, peerId, session.socket);
    return [refusal(infoHash, 'This content is blocked on this server.')];
  }

  #announce(session: Session, message: Announce, now: Millis): MaybePromise<ServerMessage> {
    const { infoHash } = message;
    if (!session.announces.take(now)) return refusal(infoHash, 'Too many announces: wait a minute.');
    if (!session.hasRoomFor(message, now)) {
      return refusal(infoHash, `One connection may be in ${this.#limits.swarmsPerSocketMax} swarms.`);
    }
    if (message.offers.some(({ sdp }) => this.#isTooLong(sdp))) return refusal(infoHash, this.#tooLong());
    return andThen(this.#enter(session, message, now), (result) => this.#onEntered(session, message, { result, now }));
  }

  #onEntered(
    session: Session,
    message: Announce,
    { result, now }: { readonly result: EntryResult; readonly now: Millis },
  ): MaybePromise<ServerMessage> {
    const { infoHash } = message;
    if (result.kind === 'held') return refusal(infoHash, 'This peer id belongs to another connection.');
    if (result.kind === 'full') return refusal(infoHash, 'This swarm is full: try again later.');
    session.remember(message, now);
    if (result.takenFrom !== null) this.#sessions.get(result.takenFrom)?.forget(message);
    const spread = this.#spread(session, message, now);
    const trackerId = message.trackerId === result.trackerId ? null : result.trackerId;
    const response = andThen(this.#neighbours(message), (neighbours) =>
      this.#announced(infoHash, result, { neighbours, trackerId }),
    );
    return spread instanceof Promise ? Promise.all([response, spread]).then(([whole]) => whole) : response;
  }

  /** Enters the peer; takes it from its socket when that has been silent past a ping. */
  #enter(session: Session, message: Announce, now: Millis): MaybePromise<EntryResult> {
    const entry: Entry = {
      infoHash: message.infoHash,
      peer: {
        peerId: message.peerId,
        socket: session.socket,
        isComplete: message.left === 0,
        trackerId: session.trackerId,
      },
      hasFinished: message.event === 'completed' && message.left === 0,
      claimedTrackerId: message.trackerId,
      takeFrom: null,
      peersMax: this.#limits.peersPerSwarmMax,
    };
    return andThen(this.#directory.enter(entry, now), (result) =>
      result.kind === 'held' ? this.#takeOver(entry, result, now) : result,
    );
  }

  async #takeOver(entry: Entry, result: Held, now: Millis): Promise<EntryResult> {
    const silence = await this.#relay.silence(result.by, now);
    return silence > this.#limits.takeoverSilenceMs
      ? this.#directory.enter({ ...entry, takeFrom: result.by }, now)
      : result;
  }

  #neighbours(message: Announce): MaybePromise<readonly PeerId[] | null> {
    if (message.neighboursWanted === null) return null;
    const count = Math.min(message.neighboursWanted, this.#limits.neighboursPerAnnounceMax);
    return andThen(this.#sampleFor(message, count), (sample) => sample.map(({ peerId }) => peerId));
  }

  /** Hands the blind offers of a stock client to as many random others. */
  #spread(session: Session, message: Announce, now: Millis): MaybePromise<unknown> {
    const wanted = Math.min(message.offers.length, message.offersWanted, this.#limits.offersPerAnnounceMax);
    const count = wanted === 0 ? 0 : session.relays(now).takeUpTo(wanted, now);
    if (count === 0) return null;
    return andThen(this.#sampleFor(message, count), (peers) =>
      settled(peers.map((peer, index) => this.#deliverOffer(message, message.offers[index], { peer, now }))),
    );
  }

  #sampleFor({ infoHash, peerId, left }: Announce, count: number): MaybePromise<readonly PeerRecord[]> {
    return this.#directory.sample({ infoHash, count, except: peerId, isForSeed: left === 0 });
  }

  async #stop(session: Session, message: Announce): Promise<readonly ServerMessage[]> {
    session.forget(message);
    await this.#directory.leave(message.infoHash, message.peerId, session.socket);
    const counts = await this.#directory.counts(message.infoHash);
    return [this.#announced(message.infoHash, { counts, isPartial: false }, NOTHING_NAMED)];
  }

  #offer(session: Session, message: Directed, now: Millis): MaybePromise<readonly ServerMessage[]> {
    const { infoHash, toPeerId, offerId } = message;
    const refuse = (reason: string): readonly ServerMessage[] => [refusal(infoHash, reason, offerId)];
    if (!session.speaksFor(message, now)) return refuse('Announce before you offer.');
    if (toPeerId === message.peerId) return refuse('An offer to oneself goes nowhere.');
    if (this.#isTooLong(message.sdp)) return refuse(this.#tooLong());
    if (!session.relays(now).take(now)) return refuse('Too many offers: wait a minute.');
    const receipt = andThen(this.#directory.find(infoHash, toPeerId), (peer) =>
      peer === null ? 'gone' : this.#deliverOffer(message, message, { peer, now }),
    );
    return andThen(receipt, (kind) => (kind === 'delivered' ? [] : refuse(WHY_UNDELIVERED[kind])));
  }

  /** An answer or a decline goes back to whose offer it is, which then waits no more. */
  #reply(session: Session, message: Directed | Decline, now: Millis): MaybePromise<readonly ServerMessage[]> {
    const { toPeerId, ...reply } = message;
    const { infoHash, peerId, offerId } = message;
    if (!session.speaksFor(message, now)) return [refusal(infoHash, 'Announce before you answer.', offerId)];
    if (message.kind === 'answer' && this.#isTooLong(message.sdp)) {
      return [refusal(infoHash, this.#tooLong(), offerId)];
    }
    if (!this.#offers.take({ infoHash, offerer: toPeerId, answerer: peerId, offerId }, now)) {
      return [refusal(infoHash, 'No such offer waits for an answer.', offerId)];
    }
    return andThen(this.#directory.find(infoHash, toPeerId), (offerer) => {
      if (offerer === null) return [refusal(infoHash, 'The peer that offered has left.', offerId)];
      return andThen(this.#deliver({ to: offerer.socket, toPeerId, message: reply }, now), () => []);
    });
  }

  async #scrape(session: Session, message: Scrape, now: Millis): Promise<readonly ServerMessage[]> {
    if (message.infoHashes.length === 0) return [scrapeRefusal('Name the swarms to scrape: not all are told.')];
    if (!session.announces.take(now)) return [scrapeRefusal('Too many scrapes: wait a minute.')];
    const count = async (infoHash: InfoHash): Promise<[InfoHash, SwarmCounts]> => [
      infoHash,
      this.#isBlocked(infoHash) ? NOBODY : await this.#directory.counts(infoHash),
    ];
    return [{ kind: 'scraped', files: new Map(await Promise.all(message.infoHashes.map(count))) }];
  }

  #deliverOffer(
    from: { readonly infoHash: InfoHash; readonly peerId: PeerId },
    { offerId, sdp }: BlindOffer,
    { peer, now }: { readonly peer: PeerRecord; readonly now: Millis },
  ): MaybePromise<Receipt> {
    const message = { kind: 'offer', infoHash: from.infoHash, peerId: from.peerId, offerId, sdp } as const;
    return this.#deliver({ to: peer.socket, toPeerId: peer.peerId, message }, now);
  }

  /** Sends; a peer whose socket turns out to be gone, since its node is, leaves. */
  #deliver(delivery: Delivery, now: Millis): MaybePromise<Receipt> {
    return andThen(this.#relay.send(delivery, now), (receipt) => {
      if (receipt !== 'gone') return receipt;
      const { to, toPeerId, message } = delivery;
      return andThen(this.#directory.leave(message.infoHash, toPeerId, to), () => receipt);
    });
  }

  /** What another peer, here or on another node, has for one of ours. */
  #receive(session: Session, { toPeerId, message }: Delivery, now: Millis): Receipt {
    const { kind, infoHash, peerId, offerId } = message;
    if (kind === 'decline') {
      const isUnderstood = session.asksForNeighbours({ infoHash, peerId: toPeerId });
      if (isUnderstood) session.send(refusal(infoHash, NO_ROOM, offerId));
      return 'delivered';
    }
    if (kind === 'offer' && !this.#offers.add({ infoHash, offerer: peerId, answerer: toPeerId, offerId }, now)) {
      return 'busy';
    }
    session.send(message);
    return 'delivered';
  }

  #isTooLong(sdp: string): boolean {
    return sdp.length > this.#limits.sdpBytesMax;
  }

  #tooLong(): string {
    return `A session description may have ${this.#limits.sdpBytesMax} bytes.`;
  }

  #announced(
    infoHash: InfoHash,
    { counts, isPartial }: Pick<Entered, 'counts' | 'isPartial'>,
    { neighbours, trackerId }: Pick<Announced, 'neighbours' | 'trackerId'>,
  ): Announced {
    const { announceIntervalMs, partialIntervalMs } = this.#limits;
    const intervalSeconds = (isPartial ? partialIntervalMs : announceIntervalMs) / 1000;
    const { complete, incomplete } = counts;
    return { kind: 'announced', infoHash, intervalSeconds, complete, incomplete, neighbours, trackerId };
  }
}

type Announced = Extract<ServerMessage, { kind: 'announced' }>;
type Refusal = Extract<ServerMessage, { kind: 'refused' }>;

type Entered = Extract<EntryResult, { kind: 'entered' }>;
type Held = Extract<EntryResult, { kind: 'held' }>;

const WHY_UNDELIVERED: Record<Exclude<Receipt, 'delivered'>, string> = {
  busy: 'Too many offers wait for this peer.',
  gone: 'This peer is not in the swarm any more.',
  unknown: 'This peer cannot be reached now: try again later.',
};

const NOTHING_NAMED = { neighbours: null, trackerId: null } as const;

const NOBODY: SwarmCounts = { complete: 0, incomplete: 0, downloaded: 0 };

function refusal(infoHash: InfoHash | null, reason: string, offerId: OfferId | null = null): Refusal {
  return { kind: 'refused', action: 'announce', infoHash, reason, offerId };
}

function scrapeRefusal(reason: string): Refusal {
  return { ...refusal(null, reason), action: 'scrape' };
}
