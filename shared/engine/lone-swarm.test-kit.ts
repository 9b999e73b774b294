/**
 * One real swarm among neighbours that say what a test makes them say. Time is a number, nothing waits, and the swarm's
 * invariants are checked after every fact.
 */
import { present } from '../base/assert.ts';
import { seededRandom } from '../base/random.ts';
import type { Millis } from '../base/time.ts';
import { seconds } from '../base/time.ts';
import type { PeerId, PieceIndex } from '../wire/ids.ts';
import type { Metainfo } from '../wire/metainfo.ts';
import type { BlockRef, ExtendedHandshake, PeerMessage } from '../wire/peer-message.ts';
import type { OfferId } from '../wire/signal-message.ts';
import { Bitfield } from './pieces/bitfield.ts';
import { checkInvariants } from './invariants.ts';
import { type Policies, SHIPPED } from './policies.ts';
import type { Snapshot } from './snapshot.ts';
import { Swarm } from './swarm.ts';
import type { Effect, Input, LinkId } from './swarm-io.ts';
import {
  firstPieces,
  INFO_HASH,
  peerNamed,
  SELF,
  torrentOf,
  type TorrentShape,
  metadataVerdict,
} from './torrent.test-kit.ts';

/** What the swarm begins with. */
export interface LoneStart extends TorrentShape {
  /** Verified and stored pieces; or all. */
  readonly have?: readonly PieceIndex[] | 'all';
  /** Whether it came by the link alone. */
  readonly lacksMetainfo?: boolean;
  readonly seed?: number;
  /** What differs from the shipped ones. */
  readonly policies?: Partial<Policies>;
  /** Whether checks and writes are left to the test; otherwise they are answered at once, and all is well. */
  readonly isManual?: boolean;
}

/** What a neighbour does right after its handshake. */
export interface NeighbourStart {
  readonly has?: 'all' | 'none' | readonly PieceIndex[];
  readonly unchokes?: boolean;
  readonly isInterested?: boolean;
  readonly supportsFast?: boolean;
  readonly extended?: Partial<ExtendedHandshake>;
}

type MessageOf<Kind extends PeerMessage['kind']> = PeerMessage & { readonly kind: Kind };
type EffectOf<Kind extends Effect['kind']> = Effect & { readonly kind: Kind };

export class LoneSwarm {
  readonly swarm: Swarm;
  readonly metainfo: Metainfo;
  now: Millis = seconds(1000);
  /** All orders so far. */
  readonly orders: Effect[] = [];
  readonly #neighbours = new Map<LinkId, Neighbour>();
  readonly #isManual: boolean;
  #offers = 0;

  constructor(start: LoneStart = {}) {
    this.metainfo = torrentOf(start);
    this.#isManual = start.isManual ?? false;
    const have = start.have === 'all' ? firstPieces(this.pieceCount) : (start.have ?? []);
    this.swarm = new Swarm({
      infoHash: INFO_HASH,
      peerId: SELF,
      random: seededRandom(start.seed ?? 1),
      now: this.now,
      metainfo: start.lacksMetainfo === true ? null : this.metainfo,
      have,
      stored: have,
      policies: { ...SHIPPED, ...start.policies },
    });
  }

  get pieceCount(): number {
    return this.metainfo.pieceDigests.byteLength / 20;
  }

  /** One fact; the orders it leads to. */
  take(input: Input): readonly Effect[] {
    const effects = this.swarm.handle(input, this.now);
    this.swarm.inspect(checkInvariants);
    for (const effect of effects) {
      this.orders.push(effect);
      if ('link' in effect) this.#neighbours.get(effect.link)?.note(effect);
    }
    if (!this.#isManual) for (const effect of effects) this.#answer(effect);
    return effects;
  }

  /** Lets time pass, with every alarm rung when it is due, or so much later; how many there were. */
  advance(span: Millis, lateMs = 0): number {
    const until = this.now + span;
    let alarms = 0;
    for (; this.swarm.nextWakeAt() + lateMs <= until; alarms += 1) {
      this.now = Math.max(this.now, this.swarm.nextWakeAt() + lateMs);
      this.take({ kind: 'woke' });
    }
    this.now = until;
    return alarms;
  }

  /** Lets time pass without an alarm, as a closed laptop does. */
  sleep(span: Millis): void {
    this.now += span;
    this.take({ kind: 'woke' });
  }

  /** The orders of this kind so far. */
  ordered<Kind extends Effect['kind']>(kind: Kind): EffectOf<Kind>[] {
    return this.orders.filter((order): order is EffectOf<Kind> => order.kind === kind);
  }

  snapshot(): Snapshot {
    return this.swarm.snapshot(this.now);
  }

  /** An offer of `peer`; the link that is to be made of it, or null when it is ignored. */
  offer(peer: PeerId): LinkId | null {
    this.#offers += 1;
    const effects = this.take({ kind: 'offer-received', peer, offerId: String(this.#offers) as OfferId });
    return effects.find((effect) => effect.kind === 'accept-offer')?.link ?? null;
  }

  /** The server names these peers. */
  name(...neighbours: PeerId[]): readonly Effect[] {
    return this.take({ kind: 'announced', interval: seconds(120), complete: 0, incomplete: 1, neighbours });
  }

  /** The link opens; nothing is said on it yet. */
  open(link: LinkId, peer: PeerId): Neighbour {
    const neighbour = new Neighbour(this, link, peer);
    this.#neighbours.set(link, neighbour);
    this.take({ kind: 'link-opened', link });
    return neighbour;
  }

  /** A neighbour that called us, with its handshake done; `digits` begin its peer id. */
  meet(digits: string, start: NeighbourStart = {}): Neighbour {
    const peer = peerNamed(digits);
    const neighbour = this.open(present(this.offer(peer), 'the link of an offer'), peer);
    neighbour.introduce(start);
    return neighbour;
  }

  #answer(effect: Effect): void {
    if (effect.kind === 'check-piece') {
      this.take({ kind: 'piece-checked', piece: effect.piece, generation: effect.generation, isGood: true });
    }
    if (effect.kind === 'check-digests') {
      const { piece, generation, digests } = effect;
      this.take({ kind: 'digests-checked', piece, generation, digests, isGood: true });
    }
    if (effect.kind === 'check-block') {
      const { piece, generation, offset } = effect;
      this.take({ kind: 'block-checked', piece, generation, offset, isGood: true });
    }
    if (effect.kind === 'store-piece') this.take({ kind: 'piece-stored', piece: effect.piece });
    if (effect.kind === 'check-metadata') this.take(metadataVerdict(this.metainfo));
  }
}

export class Neighbour {
  readonly peer: PeerId;
  readonly link: LinkId;
  /** Whether the swarm ended the link. */
  isClosed = false;
  /** What the swarm said, blocks as `piece` messages included. */
  readonly heard: PeerMessage[] = [];
  /** Requests of the swarm that were not answered, cancelled or dropped by a choke. */
  requests: BlockRef[] = [];
  /** Bytes of blocks in the send buffer. */
  #sending = 0;
  #supportsFast = true;
  readonly #lone: LoneSwarm;

  constructor(lone: LoneSwarm, link: LinkId, peer: PeerId) {
    this.#lone = lone;
    this.link = link;
    this.peer = peer;
  }

  /** Handshake, extended handshake, pieces, and what else `start` says. */
  introduce(start: NeighbourStart = {}): void {
    const { has = 'none', supportsFast = true, extended = {} } = start;
    this.#supportsFast = supportsFast;
    this.says({ kind: 'handshake', infoHash: INFO_HASH, peerId: this.peer, supportsFast, supportsExtensions: true });
    this.says({ kind: 'extended-handshake', handshake: { ...NOTHING_SPECIAL, ...extended } });
    this.#tells(has);
    if (start.unchokes === true) this.says({ kind: 'unchoke' });
    if (start.isInterested === true) this.says({ kind: 'interested' });
  }

  says(message: PeerMessage): readonly Effect[] {
    if (message.kind === 'choke') this.requests = [];
    if (message.kind === 'dont-have') this.requests = this.requests.filter(({ piece }) => piece !== message.piece);
    return this.#lone.take({ kind: 'message-received', link: this.link, message });
  }

  /** The messages of this kind that it heard so far. */
  got<Kind extends PeerMessage['kind']>(kind: Kind): MessageOf<Kind>[] {
    return this.heard.filter((message): message is MessageOf<Kind> => message.kind === kind);
  }

  /** Chokes, and refuses what waits if it can. */
  chokes(): void {
    const waiting = this.requests;
    this.says({ kind: 'choke' });
    if (this.#supportsFast) for (const block of waiting) this.says({ kind: 'reject', block });
  }

  /** Refuses this request. */
  rejects(block: BlockRef): readonly Effect[] {
    this.#forget(block);
    return this.says({ kind: 'reject', block });
  }

  /** Answers this request with a block. */
  sendsBlock(block: BlockRef): readonly Effect[] {
    const { piece, offset, length } = block;
    this.#forget(block);
    return this.says({ kind: 'piece', piece, offset, data: { byteLength: length } });
  }

  /** Answers waiting requests, oldest first, until there are none or `count` are answered; how many it was. */
  serves(count = Number.POSITIVE_INFINITY): number {
    let served = 0;
    for (; served < count && this.requests.length > 0 && !this.isClosed; served += 1) this.sendsBlock(this.requests[0]);
    return served;
  }

  /** Asks for this block. */
  asks(block: BlockRef): readonly Effect[] {
    return this.says({ kind: 'request', block });
  }

  /** All blocks on the way to it have left the send buffer; their bytes. */
  drains(): number {
    const bytes = this.#sending;
    this.#sending = 0;
    if (bytes > 0) this.#lone.take({ kind: 'blocks-sent', link: this.link, bytes });
    return bytes;
  }

  /** The link ends from outside. */
  vanishes(): void {
    this.#lone.take({ kind: 'link-closed', link: this.link, reason: 'gone' });
  }

  /** The swarm orders something about this link. */
  note(effect: Effect): void {
    if (effect.kind === 'close-link') this.isClosed = true;
    if (effect.kind === 'send') this.#noteMessage(effect.message);
    if (effect.kind === 'send-block') {
      const { piece, offset, length } = effect.block;
      this.#sending += length;
      this.heard.push({ kind: 'piece', piece, offset, data: { byteLength: length } });
    }
  }

  #noteMessage(message: PeerMessage): void {
    this.heard.push(message);
    if (message.kind === 'request') this.requests.push(message.block);
    if (message.kind === 'cancel') this.#forget(message.block);
  }

  #forget({ piece, offset }: BlockRef): void {
    this.requests = this.requests.filter((other) => other.piece !== piece || other.offset !== offset);
  }

  #tells(has: 'all' | 'none' | readonly PieceIndex[]): void {
    if (typeof has !== 'string') {
      const bits = new Bitfield(this.#lone.pieceCount);
      for (const piece of has) bits.add(piece);
      this.says({ kind: 'bitfield', bits: bits.toWire() });
      return;
    }
    if (this.#supportsFast) this.says({ kind: has === 'all' ? 'have-all' : 'have-none' });
    else if (has === 'all') this.#tells(firstPieces(this.#lone.pieceCount));
  }
}

/** One whole piece of the usual test torrent in flight: however deep the swarm's window is at first, it asks for four blocks. */
const REQUESTS_AT_ONCE = 4;

export const NOTHING_SPECIAL: ExtendedHandshake = {
  hasMetadataExtension: true,
  hasDontHaveExtension: true,
  isChoosy: false,
  hasPartialExtension: true,
  metadataBytes: null,
  requestQueueMax: REQUESTS_AT_ONCE,
  client: null,
};
