/**
 * A few real swarms that talk to each other in virtual time: a tracker that names everybody, links with latency, uplinks with a
 * rate, and blocks that are good or bad. Small and exact; crowds and bad weather are the simulator's.
 *
 * Every step handles one fact of one peer and then checks that peer's invariants.
 */
import { present } from '../base/assert.ts';
import { seededRandom } from '../base/random.ts';
import { seconds, type Millis } from '../base/time.ts';
import type { PeerId } from '../wire/ids.ts';
import type { Metainfo } from '../wire/metainfo.ts';
import type { PeerMessage } from '../wire/peer-message.ts';
import type { OfferId } from '../wire/signal-message.ts';
import { MeshPeer, type Content, type End, type Joining } from './mesh-peer.test-kit.ts';
import { Swarm } from './swarm.ts';
import type { Effect, LinkId } from './swarm-io.ts';
import { firstPieces, INFO_HASH, torrentOf, type TorrentShape, metadataVerdict } from './torrent.test-kit.ts';

export interface MeshShape extends TorrentShape {
  readonly seed?: number;
  /** One way. */
  readonly latency?: Millis;
}

export class Mesh {
  now: Millis = seconds(1000);
  readonly peers: MeshPeer[] = [];
  /** What happened, in order: for comparing two runs. */
  readonly log: string[] = [];
  readonly #metainfo: Metainfo;
  readonly #latency: Millis;
  readonly #seed: number;
  readonly #events: { readonly at: Millis; readonly act: () => void }[] = [];
  readonly #announced = new Set<MeshPeer>();
  readonly #offers = new Map<OfferId, End>();

  constructor(shape: MeshShape = {}) {
    this.#metainfo = torrentOf(shape);
    this.#latency = shape.latency ?? 20;
    this.#seed = shape.seed ?? 1;
  }

  join(joining: Joining = {}): MeshPeer {
    const number = this.peers.length + 1;
    const peerId = `${((number * 7) % 16).toString(16)}${number.toString(16)}`.padEnd(40, '0') as PeerId;
    const count = this.#metainfo.pieceDigests.byteLength / 20;
    const have = joining.have === 'all' ? firstPieces(count) : (joining.have ?? []);
    const isKnowing = joining.knowsMetainfo === true || joining.have !== undefined;
    const swarm = new Swarm({
      infoHash: INFO_HASH,
      peerId,
      random: seededRandom(this.#seed * 1000 + number),
      now: this.now,
      metainfo: isKnowing ? this.#metainfo : null,
      have,
      stored: have,
    });
    const peer = new MeshPeer({ mesh: this, swarm, peerId, joining });
    this.peers.push(peer);
    peer.take({ kind: 'started' });
    return peer;
  }

  /** Lets things happen until `isDone`; whether that was within `span`. */
  runUntil(isDone: () => boolean, span: Millis): boolean {
    const until = this.now + span;
    while (!isDone()) {
      const event = this.#next(until);
      if (event === null) return false;
      this.now = Math.max(this.now, event.at);
      event.act();
    }
    return true;
  }

  advance(span: Millis): void {
    const until = this.now + span;
    this.runUntil(() => false, span);
    this.now = until;
  }

  /** Carries out what a peer ordered. */
  perform(peer: MeshPeer, effect: Effect): void {
    if (effect.kind === 'connect-signal') this.#soon(() => peer.take({ kind: 'signal-opened' }));
    if (effect.kind === 'announce') this.#announce(peer, effect);
    if (effect.kind === 'dial') this.#dial(peer, effect);
    if (effect.kind === 'accept-offer') this.#accept(peer, effect);
    if (effect.kind === 'close-link') this.#close(peer, effect.link);
    if (effect.kind === 'send') this.#send(peer, effect.link, effect.message);
    if (effect.kind === 'send-block') this.#sendBlock(peer, effect);
    if (effect.kind === 'check-metadata') {
      this.#soon(() => peer.take(metadataVerdict(this.#metainfo)));
    }
    if (effect.kind === 'check-piece') {
      const { piece, generation } = effect;
      const isGood = peer.isGood(piece);
      this.#soon(() => peer.take({ kind: 'piece-checked', piece, generation, isGood }));
    }
    if (effect.kind === 'store-piece') this.#soon(() => peer.take({ kind: 'piece-stored', piece: effect.piece }));
  }

  /** `act` happens after `wait`; what is due at the same time happens in the order it was ordered. */
  after(wait: Millis, act: () => void): void {
    const at = this.now + wait;
    let index = this.#events.length;
    while (index > 0 && this.#events[index - 1].at > at) index -= 1;
    this.#events.splice(index, 0, { at, act });
  }

  #soon(act: () => void): void {
    this.after(1, act);
  }

  /** What happens next, alarms included, if it is not later than `until`. */
  #next(until: Millis): { readonly at: Millis; readonly act: () => void } | null {
    let next = this.#events.length > 0 ? this.#events[0] : null;
    for (const peer of this.peers) {
      const at = peer.nextWakeAt();
      if (at < (next?.at ?? Number.POSITIVE_INFINITY)) next = { at, act: () => peer.take({ kind: 'woke' }) };
    }
    if (next === null || next.at > until) return null;
    if (next === this.#events[0]) this.#events.shift();
    return next;
  }

  #announce(peer: MeshPeer, { event, left }: Effect & { kind: 'announce' }): void {
    peer.left = left;
    if (event === 'stopped') this.#announced.delete(peer);
    else this.#announced.add(peer);
    if (event === 'stopped') return;
    this.after(this.#latency, () => {
      const all = [...this.#announced];
      const complete = all.filter((other) => other.left === 0).length;
      peer.take({
        kind: 'announced',
        interval: seconds(120),
        complete,
        incomplete: all.length - complete,
        neighbours: all.filter((other) => other !== peer).map((other) => other.peerId),
      });
    });
  }

  #dial(peer: MeshPeer, order: Effect & { kind: 'dial' }): void {
    const end: End = { peer, link: order.link, other: null, isOpen: true, arrivesFrom: 0 };
    peer.ends.set(order.link, end);
    const offerId = `${peer.peerId}/${order.link}` as OfferId;
    this.#offers.set(offerId, end);
    const callee = this.peers.find((other) => other.peerId === order.peer);
    this.after(this.#latency, () => callee?.take({ kind: 'offer-received', peer: peer.peerId, offerId }));
  }

  #accept(peer: MeshPeer, order: Effect & { kind: 'accept-offer' }): void {
    const caller = present(this.#offers.get(order.offerId), 'the offer that is accepted');
    const end: End = { peer, link: order.link, other: caller, isOpen: true, arrivesFrom: 0 };
    peer.ends.set(order.link, end);
    this.after(2 * this.#latency, () => {
      if (!caller.isOpen || !end.isOpen) return;
      caller.other = end;
      for (const side of [caller, end]) side.peer.take({ kind: 'link-opened', link: side.link });
    });
  }

  #close(peer: MeshPeer, link: LinkId): void {
    const end = peer.ends.get(link);
    if (end === undefined) return;
    end.isOpen = false;
    const { other } = end;
    if (other === null) return;
    this.after(this.#latency, () => {
      if (!other.isOpen) return;
      other.isOpen = false;
      other.peer.take({ kind: 'link-closed', link: other.link, reason: 'The other side closed the link.' });
    });
  }

  #send(peer: MeshPeer, link: LinkId, message: PeerMessage): void {
    const end = peer.ends.get(link);
    if (end !== undefined) this.#deliver(end, message, this.now);
  }

  #sendBlock(peer: MeshPeer, { link, block }: Effect & { kind: 'send-block' }): void {
    const end = peer.ends.get(link);
    if (end === undefined || peer.isSilent) return;
    const data: Content = { byteLength: block.length, isBad: peer.lies(block) };
    const sentAt = peer.send(block.length, this.now);
    this.after(sentAt - this.now, () => {
      if (end.isOpen) peer.take({ kind: 'blocks-sent', link, bytes: block.length });
    });
    this.#deliver(end, { kind: 'piece', piece: block.piece, offset: block.offset, data }, sentAt);
  }

  #deliver(end: End, message: PeerMessage, sentAt: Millis): void {
    end.arrivesFrom = Math.max(end.arrivesFrom, sentAt + this.#latency);
    this.after(end.arrivesFrom - this.now, () => {
      const { other } = end;
      if (other?.isOpen === true) other.peer.take({ kind: 'message-received', link: other.link, message });
    });
  }
}
