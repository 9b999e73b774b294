/** One simulated tab: the engine and the driver that ship, with this folder's adapters. */
import { type Random, seededRandom } from '../base/random.ts';
import type { Millis } from '../base/time.ts';
import { Driver } from '../driver/driver.ts';
import type { Policies } from '../engine/policies.ts';
import { Swarm } from '../engine/swarm.ts';
import { newPeerId, type PeerId, type PieceIndex } from '../wire/ids.ts';
import type { Payload } from '../wire/peer-message.ts';
import { type Content, simHasher } from './content.ts';
import type { EventLog } from './event-log.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Host, Network } from './network.ts';
import { placeOfHost } from './place-queue.ts';
import { SimClock } from './sim-clock.ts';
import type { Tamper } from './sim-link.ts';
import type { SimSignalLink } from './sim-signal-link.ts';
import type { SimTracker } from './sim-tracker.ts';
import { type Meetings, SimTransport } from './sim-transport.ts';
import type { Timeline } from './timeline.ts';
import { newTraffic, type Traffic, type TrafficTotal } from './traffic.ts';
import { WatchedSwarm } from './watched-swarm.ts';

/** What all peers of a world share. */
export interface Surroundings<Chunk extends Payload> {
  readonly timeline: Timeline;
  readonly network: Network;
  readonly tracker: SimTracker;
  readonly meetings: Meetings;
  readonly content: Content<Chunk>;
  readonly random: Random;
  readonly policies: Policies;
  readonly log: EventLog;
  readonly total: TrafficTotal;
  readonly checksInvariants: boolean;
  readonly onVerified: (peer: SimPeer<Chunk>, piece: PieceIndex) => void;
  readonly onCrash: (peer: SimPeer<Chunk>, error: unknown) => void;
}

export interface PeerStart<Chunk extends Payload> {
  /** The peer's number in the world. */
  readonly index: number;
  readonly host: Host;
  readonly store: MemoryStore<Chunk>;
  /** Whether the info dictionary is here from the start: the peer shares, or comes back. */
  readonly knowsMetainfo: boolean;
  readonly tamper: Tamper | null;
}

export class SimPeer<Chunk extends Payload> {
  readonly index: number;
  readonly host: Host;
  readonly store: MemoryStore<Chunk>;
  readonly peerId: PeerId;
  readonly joinedAt: Millis;
  readonly traffic: Traffic;
  /** When each piece that was missing passed its digest, in that order. */
  readonly verifiedAt: Millis[] = [];
  /** Bytes of these pieces. */
  fetchedBytes = 0;
  /** When it was gone; null while it is there. */
  leftAt: Millis | null = null;
  readonly driver: Driver<Chunk>;
  readonly #surroundings: Surroundings<Chunk>;
  readonly #swarm: WatchedSwarm;
  readonly #clock: SimClock;
  #transport: SimTransport | null = null;
  #signal: SimSignalLink | null = null;

  constructor(surroundings: Surroundings<Chunk>, start: PeerStart<Chunk>) {
    const { timeline, network, tracker, meetings, content } = surroundings;
    const { queue, answers } = timeline;
    const { host } = start;
    const random = seededRandom(surroundings.random.uint32());
    this.index = start.index;
    this.host = host;
    this.store = start.store;
    this.peerId = newPeerId(random);
    this.joinedAt = queue.now();
    this.traffic = newTraffic(surroundings.total);
    this.#surroundings = surroundings;
    this.#clock = new SimClock(queue);
    this.#swarm = this.#watch(start, random);
    this.driver = new Driver<Chunk>({
      swarm: this.#swarm,
      clock: this.#clock,
      store: start.store,
      hasher: simHasher(content, answers),
      shape: content.shape,
      transport: (report) => {
        const owner = { network, host, report, tamper: start.tamper, traffic: this.traffic };
        return (this.#transport = new SimTransport(owner, meetings, answers));
      },
      signal: (report) => (this.#signal = tracker.link(report, placeOfHost(host.index))),
      onMetainfo: () => undefined,
      onPieceStored: () => undefined,
      onCrash: (error) => surroundings.onCrash(this, error),
    });
  }

  get isComplete(): boolean {
    return this.#swarm.verified.size === this.#surroundings.content.pieceCount;
  }

  /** Pieces that passed their digest. */
  get verified(): ReadonlySet<PieceIndex> {
    return this.#swarm.verified;
  }

  /** Neighbours that it banned. */
  get banned(): ReadonlySet<PeerId> {
    return this.#swarm.banned;
  }

  /** Neighbours whose blocks it kept. */
  get sources(): ReadonlySet<PeerId> {
    return this.#swarm.sources;
  }

  /** Facts that its engine handled. */
  get steps(): number {
    return this.#swarm.steps;
  }

  /** The tab is closed by its person: everybody hears of it. */
  leave(): void {
    this.driver.stop();
    this.#gone();
    this.#transport?.closeAll();
  }

  /** The machine is off: nobody hears anything. */
  crash(): void {
    this.#gone();
    this.#transport?.crash();
    this.#signal?.vanish();
  }

  #gone(): void {
    this.leftAt = this.#surroundings.timeline.queue.now();
    this.#swarm.kill();
    this.#clock.stop();
  }

  #watch(start: PeerStart<Chunk>, random: Random): WatchedSwarm {
    const { content, log, policies, checksInvariants, onVerified, timeline } = this.#surroundings;
    const stored = start.store.pieces();
    const swarm = new Swarm({
      infoHash: content.infoHash,
      peerId: this.peerId,
      random,
      now: this.joinedAt,
      metainfo: start.knowsMetainfo ? content.metainfo : null,
      have: stored,
      stored,
      policies,
    });
    const { length, pieceLength } = content.metainfo;
    const note = (piece: PieceIndex): void => {
      this.verifiedAt.push(timeline.queue.now());
      this.fetchedBytes += Math.min(pieceLength, length - piece * pieceLength);
      onVerified(this, piece);
    };
    return new WatchedSwarm({ swarm, peer: start.index, log, isChecked: checksInvariants, onVerified: note }, stored);
  }
}
