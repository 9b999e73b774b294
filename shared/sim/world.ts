/**
 * A swarm of simulated tabs: hosts with lines, peers that come and go by script, a signal server, and virtual time. One number,
 * the seed, decides everything that is left to chance; equal seeds give equal logs.
 */
import { type Random, seededRandom } from '../base/random.ts';
import type { Millis } from '../base/time.ts';
import { type Policies, SHIPPED } from '../engine/policies.ts';
import { pieceIndex, type PieceIndex } from '../wire/ids.ts';
import type { Payload } from '../wire/peer-message.ts';
import type { Content } from './content.ts';
import { EventLog } from './event-log.ts';
import { AMPLE_STORE, MemoryStore, type MemoryStoreOptions } from './memory-store.ts';
import { type Host, type LineRates, Network, type UplinkKind } from './network.ts';
import { placeOfHost, WORLD } from './place-queue.ts';
import type { Tamper } from './sim-link.ts';
import { SimPeer } from './sim-peer.ts';
import { SimTracker } from './sim-tracker.ts';
import { Meetings } from './sim-transport.ts';
import { Timeline } from './timeline.ts';
import type { TrafficTotal } from './traffic.ts';

export interface WorldOptions<Chunk extends Payload> {
  readonly seed: number;
  readonly content: Content<Chunk>;
  /** There and back between two hosts, in milliseconds. */
  readonly roundTrip?: (a: Host, b: Host) => Millis;
  /** Share of packets that are lost, 0 … 1. */
  readonly loss?: number;
  /** Of every engine; the shipped ones, unless said. */
  readonly policies?: Policies;
  /** In turns, unless said. */
  readonly uplinks?: UplinkKind;
  /** Whether every engine's invariants are checked after every step: for small worlds. */
  readonly checksInvariants?: boolean;
  /** A peer that came without everything has it now. Its engine is in the middle of a step: act at a later moment. */
  readonly onComplete?: (peer: SimPeer<Chunk>) => void;
}

export interface JoinOptions<Chunk extends Payload> {
  readonly host: Host;
  /** What it has from the start: nothing but the link, the info dictionary, or all pieces too. */
  readonly has?: 'nothing' | 'metainfo' | 'everything';
  readonly tamper?: Tamper | null;
  readonly disk?: MemoryStoreOptions;
  /** The store of a peer that is gone: its tab comes back. */
  readonly store?: MemoryStore<Chunk>;
}

/** Between most homes of one continent, and to the signal server, in milliseconds. */
export const ROUND_TRIP_MS = 50;

export class World<Chunk extends Payload> {
  readonly seed: number;
  readonly content: Content<Chunk>;
  readonly timeline = new Timeline();
  readonly network: Network;
  readonly tracker: SimTracker;
  readonly log = new EventLog();
  readonly total: TrafficTotal = { blockBytes: 0 };
  /** In the order they joined; those that left are still there. */
  readonly peers: SimPeer<Chunk>[] = [];
  readonly #options: WorldOptions<Chunk>;
  readonly #random: Random;
  readonly #meetings = new Meetings();
  /** Peers that are there and lack something. */
  readonly #incomplete = new Set<SimPeer<Chunk>>();
  /** Pieces that somebody who came without them has, or had. */
  readonly #spread = new Set<PieceIndex>();
  #spreadAt: Millis | null = null;
  #failure: { readonly peer: number; readonly error: unknown } | null = null;

  constructor(options: WorldOptions<Chunk>) {
    const { seed, content, roundTrip = () => ROUND_TRIP_MS, loss = 0, uplinks = 'fair' } = options;
    const { queue } = this.timeline;
    this.seed = seed;
    this.content = content;
    this.#options = options;
    this.#random = seededRandom(seed);
    this.network = new Network(queue, this.#fork(), { roundTrip, loss, uplinks });
    this.tracker = new SimTracker(queue, this.#fork(), ROUND_TRIP_MS);
    queue.lookahead = ROUND_TRIP_MS / 2;
  }

  get now(): Millis {
    return this.timeline.queue.now();
  }

  /** When those that came without anything had one copy of the file among them; null while they have not. */
  get spreadAt(): Millis | null {
    return this.#spreadAt;
  }

  /** Peers that are there and lack something. */
  get incomplete(): number {
    return this.#incomplete.size;
  }

  addHost(rates: LineRates): Host {
    const host = this.network.addHost(rates);
    const { queue } = this.timeline;
    queue.lookahead = Math.min(queue.lookahead, this.network.leastRoundTrip(host) / 2);
    return host;
  }

  /** Opens a tab, now. */
  join(options: JoinOptions<Chunk>): SimPeer<Chunk> {
    const { host, has = 'nothing', tamper = null, disk = AMPLE_STORE } = options;
    const store = options.store ?? new MemoryStore<Chunk>(this.timeline.answers, disk);
    if (has === 'everything') this.#fill(store);
    const knowsMetainfo = has !== 'nothing' || store.pieces().length > 0;
    const peer = new SimPeer<Chunk>(this.#surroundings(), {
      index: this.peers.length,
      host,
      store,
      knowsMetainfo,
      tamper,
    });
    this.peers.push(peer);
    if (!peer.isComplete) this.#incomplete.add(peer);
    this.timeline.queue.within(placeOfHost(host.index), () => peer.driver.start());
    return peer;
  }

  /** Closes a tab, or switches its machine off, now. */
  part(peer: SimPeer<Chunk>, manner: 'leave' | 'crash'): void {
    this.#incomplete.delete(peer);
    this.timeline.queue.within(placeOfHost(peer.host.index), () => {
      if (manner === 'leave') peer.leave();
      else peer.crash();
    });
  }

  /** The tab of a peer that is gone comes back, with what it had stored. */
  rejoin(peer: SimPeer<Chunk>): SimPeer<Chunk> {
    return this.join({ host: peer.host, store: peer.store });
  }

  at(time: Millis, action: () => void): void {
    this.timeline.queue.at(time, action, WORLD);
  }

  /** Lets the world go on until `isOver`, which is asked before every event; by default, until everybody is complete. */
  async run(deadline: Millis, isOver: () => boolean = () => this.#incomplete.size === 0): Promise<void> {
    try {
      await this.timeline.run(() => this.#failure !== null || isOver(), deadline);
    } catch (error) {
      throw new Error(`${this.#story()} ${this.#incomplete.size} peers are incomplete.`, { cause: error });
    }
    if (this.#failure === null) return;
    const { peer, error } = this.#failure;
    throw new Error(`${this.#story()} Peer ${peer} crashed: ${String(error)}`, { cause: error });
  }

  /** What is needed to see it again. */
  #story(): string {
    return `World of seed ${this.seed}, at ${this.now.toFixed(3)} ms:`;
  }

  #fill(store: MemoryStore<Chunk>): void {
    for (let index = 0; index < this.content.pieceCount; index += 1) {
      store.preload(pieceIndex(index), this.content.chunk(pieceIndex(index)));
    }
  }

  #surroundings() {
    const { timeline, network, tracker, content, log, total } = this;
    return {
      timeline,
      network,
      tracker,
      content,
      log,
      total,
      meetings: this.#meetings,
      random: this.#random,
      policies: this.#options.policies ?? SHIPPED,
      checksInvariants: this.#options.checksInvariants ?? false,
      onVerified: (peer: SimPeer<Chunk>, piece: PieceIndex) => this.#noteVerified(peer, piece),
      onCrash: (peer: SimPeer<Chunk>, error: unknown) => (this.#failure ??= { peer: peer.index, error }),
    };
  }

  #noteVerified(peer: SimPeer<Chunk>, piece: PieceIndex): void {
    this.#spread.add(piece);
    if (this.#spread.size === this.content.pieceCount) this.#spreadAt ??= this.now;
    if (!peer.isComplete || !this.#incomplete.delete(peer)) return;
    this.#options.onComplete?.(peer);
  }

  #fork(): Random {
    return seededRandom(this.#random.uint32());
  }
}
