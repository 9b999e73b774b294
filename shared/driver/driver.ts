/**
 * The one loop between a swarm and a world: a fact comes in, the engine's orders go out, the alarm is set. It also holds what the
 * engine only speaks of: session descriptions in the making, blocks of started pieces, and a cache of whole pieces.
 */
import type { RateLimits } from '../base/rate-limits.ts';
import { seconds } from '../base/time.ts';
import type { Effect, Input, LinkId } from '../engine/swarm-io.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import type { Wishes } from '../engine/pieces/wishes.ts';
import type { Swarm } from '../engine/swarm.ts';
import type { PieceIndex } from '../wire/ids.ts';
import { isMalformed } from '../wire/malformed.ts';
import { decodeMetainfo, type Metainfo } from '../wire/metainfo.ts';
import type { BlockRef, Payload } from '../wire/peer-message.ts';
import type { ServerMessage } from '../wire/signal-message.ts';
import { Introductions } from './introductions.ts';
import { PieceMemory } from './piece-memory.ts';
import type {
  ChunkShape,
  ChunkStore,
  Clock,
  PeerTransport,
  PieceHasher,
  SignalFact,
  SignalLink,
  TransportFact,
} from './ports.ts';

/** The engine as the driver needs it. */
export type SwarmMachine = Pick<Swarm, 'handle' | 'nextWakeAt' | 'snapshot' | 'storedBits'>;

/** What a driver is made of. */
export interface DriverParts<Chunk extends Payload> {
  readonly swarm: SwarmMachine;
  readonly clock: Clock;
  readonly store: ChunkStore<Chunk>;
  readonly hasher: PieceHasher<Chunk>;
  readonly shape: ChunkShape<Chunk>;
  readonly transport: (report: (fact: TransportFact) => void) => PeerTransport;
  readonly signal: (report: (fact: SignalFact) => void) => SignalLink;
  /** The info dictionary came from a neighbour and is right. */
  readonly onMetainfo: (metainfo: Metainfo) => void;
  /** The piece is on disk, where it can be read. */
  readonly onPieceStored: (piece: PieceIndex) => void;
  /** A bug: the swarm has been stopped. */
  readonly onCrash: (error: unknown) => void;
}

export class Driver<Chunk extends Payload> {
  readonly #parts: DriverParts<Chunk>;
  readonly #transport: PeerTransport;
  readonly #signal: SignalLink;
  readonly #introductions: Introductions;
  readonly #memory: PieceMemory<Chunk>;
  #isRunning = false;

  constructor(parts: DriverParts<Chunk>) {
    const { infoHash, peerId, metainfo } = parts.swarm.snapshot(parts.clock.now());
    this.#parts = parts;
    this.#transport = parts.transport((fact) => this.#takeTransport(fact));
    this.#signal = parts.signal((fact) => this.#takeSignal(fact));
    this.#introductions = new Introductions({
      infoHash,
      peerId,
      transport: this.#transport,
      signal: this.#signal,
      onFailure: (link, reason) => this.#take({ kind: 'link-closed', link, reason }),
    });
    this.#memory = new PieceMemory({ store: parts.store, hasher: parts.hasher, shape: parts.shape, metainfo });
  }

  start(): void {
    this.#isRunning = true;
    this.#take({ kind: 'started' });
  }

  /** Leaves the swarm, telling everybody. Nothing happens any more after that. */
  stop(): void {
    this.#take({ kind: 'stopped' });
    this.#shutDown();
  }

  /** Caps what content flows, from now on. */
  limit(limits: RateLimits): void {
    this.#take({ kind: 'limits-set', ...limits });
  }

  /** Wants these pieces, from now on; does nothing before the info dictionary is here. */
  wish(wishes: Wishes): void {
    this.#take({ kind: 'wishes-set', ...wishes });
  }

  /** Which pieces are on disk, one bit each, the first in the highest bit of the first byte; null before they are known. */
  storedBits(): Uint8Array | null {
    return this.#parts.swarm.storedBits();
  }

  snapshot(): Snapshot {
    return this.#parts.swarm.snapshot(this.#parts.clock.now());
  }

  #shutDown(): void {
    this.#isRunning = false;
    this.#signal.close();
    this.#parts.clock.setAlarm(Number.POSITIVE_INFINITY, () => undefined);
  }

  /** The loop. */
  #take(input: Input): void {
    if (!this.#isRunning) return;
    const { swarm, clock } = this.#parts;
    try {
      for (const effect of swarm.handle(input, clock.now())) this.#perform(effect);
      clock.setAlarm(swarm.nextWakeAt(), this.#wake);
    } catch (error) {
      this.#crash(error);
    }
  }

  readonly #wake = (): void => this.#take({ kind: 'woke' });

  /** Work that takes time. A broken invariant in it is a crash like any other. */
  #later(work: Promise<void>): void {
    work.catch((error: unknown) => this.#crash(error));
  }

  /** Reports the first bug, and only that. */
  #crash(error: unknown): void {
    if (!this.#isRunning) return;
    this.#shutDown();
    this.#parts.onCrash(error);
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case 'connect-signal':
        this.#signal.connect();
        return;
      case 'announce':
        this.#introductions.announce(effect);
        return;
      case 'dial':
        this.#introductions.dial(effect.link, effect.peer);
        return;
      case 'complete-call':
        this.#introductions.complete(effect.link);
        return;
      case 'accept-offer':
        this.#introductions.accept(effect.link, effect.peer, effect.offerId);
        return;
      case 'decline-offer':
        this.#introductions.decline(effect.peer, effect.offerId);
        return;
      case 'ignore-offer':
        this.#introductions.ignore(effect.offerId);
        return;
      case 'close-link':
        this.#introductions.forget(effect.link);
        this.#transport.close(effect.link);
        return;
      case 'send':
        this.#transport.send(effect.link, effect.message);
        return;
      case 'send-block':
        this.#sendBlock(effect.link, effect.block);
        return;
      case 'prepare-piece':
        this.#later(this.#memory.prepare(effect.piece));
        return;
      case 'check-metadata':
        this.#later(this.#checkMetadata(effect.infoBytes));
        return;
      case 'keep-block':
        this.#memory.keep(effect.piece, effect.offset, effect.data);
        return;
      case 'drop-piece':
        this.#memory.drop(effect.piece);
        return;
      case 'check-piece':
        this.#later(this.#checkPiece(effect));
        return;
      case 'check-block':
        this.#later(this.#checkBlock(effect));
        return;
      case 'check-digests':
        this.#later(this.#checkDigests(effect));
        return;
      case 'send-digests':
        this.#later(this.#sendDigests(effect.link, effect.piece));
        return;
      case 'store-piece':
        this.#later(this.#storePiece(effect.piece));
        return;
    }
  }

  #sendBlock(link: LinkId, block: BlockRef): void {
    const chunk = this.#memory.cached(block.piece);
    const data = this.#memory.block(block.piece, block.offset);
    if (chunk !== null) this.#sendSlice(link, block, chunk);
    else if (data?.byteLength === block.length) this.#transport.send(link, { kind: 'piece', ...block, data });
    else this.#later(this.#sendFromDisk(link, block));
  }

  async #sendFromDisk(link: LinkId, block: BlockRef): Promise<void> {
    const chunk = await this.#memory.load(block.piece);
    if (chunk !== null) {
      this.#sendSlice(link, block, chunk);
      return;
    }
    this.#take({ kind: 'block-unreadable', link, block });
  }

  #sendSlice(link: LinkId, { piece, offset, length }: BlockRef, chunk: Chunk): void {
    const data = this.#parts.shape.slice(chunk, offset, length);
    this.#transport.send(link, { kind: 'piece', piece, offset, data });
  }

  async #checkMetadata(infoBytes: Uint8Array): Promise<void> {
    const { hasher, swarm, clock, onMetainfo } = this.#parts;
    const { infoHash } = swarm.snapshot(clock.now());
    const isRight = await hasher.metadataMatches(infoBytes, infoHash);
    if (!isRight) {
      this.#take({ kind: 'metadata-checked', verdict: { kind: 'wrong' } });
      return;
    }
    const metainfo = decodeMetainfo(infoBytes);
    if (isMalformed(metainfo)) {
      this.#take({ kind: 'metadata-checked', verdict: { kind: 'unusable', reason: metainfo.reason } });
      return;
    }
    this.#memory.metainfo = metainfo;
    onMetainfo(metainfo);
    this.#take({ kind: 'metadata-checked', verdict: { kind: 'right', metainfo } });
  }

  async #checkPiece({ piece, generation, comparesBlocks }: Effect & { kind: 'check-piece' }): Promise<void> {
    const { isGood, digests } = await this.#memory.check(piece, comparesBlocks);
    if (digests !== null) this.#take({ kind: 'blocks-digested', piece, generation, digests });
    this.#take({ kind: 'piece-checked', piece, generation, isGood });
  }

  async #checkBlock({ piece, generation, offset, digest }: Effect & { kind: 'check-block' }): Promise<void> {
    const isGood = await this.#memory.checkBlock(piece, offset, digest);
    if (isGood !== null) this.#take({ kind: 'block-checked', piece, generation, offset, isGood });
  }

  async #checkDigests({ piece, generation, digests }: Effect & { kind: 'check-digests' }): Promise<void> {
    const isGood = await this.#memory.digestsMatch(piece, digests);
    this.#take({ kind: 'digests-checked', piece, generation, digests, isGood });
  }

  async #sendDigests(link: LinkId, piece: PieceIndex): Promise<void> {
    const digests = (await this.#memory.digests(piece)) ?? new Uint8Array();
    this.#transport.send(link, { kind: 'digests', piece, digests });
  }

  async #storePiece(piece: PieceIndex): Promise<void> {
    const trouble = await this.#memory.store(piece);
    if (trouble === null) this.#parts.onPieceStored(piece);
    this.#take(
      trouble === null ? { kind: 'piece-stored', piece } : { kind: 'piece-not-stored', piece, reason: trouble },
    );
  }

  #takeTransport(fact: TransportFact): void {
    if (fact.kind === 'link-closed') this.#introductions.forget(fact.link);
    this.#take(fact);
  }

  #takeAnswer({ offerId, peerId, sdp }: Extract<ServerMessage, { kind: 'offer' | 'answer' }>): void {
    const link = this.#introductions.answered(offerId, peerId, sdp);
    if (link !== null) this.#take({ kind: 'call-answered', link, peer: peerId });
  }

  #takeSignal(fact: SignalFact): void {
    if (fact.kind === 'signal-message') this.#takeServerMessage(fact.message);
    else this.#take(fact);
  }

  #takeServerMessage(message: ServerMessage): void {
    switch (message.kind) {
      case 'announced':
        this.#introductions.trackerId = message.trackerId ?? this.#introductions.trackerId;
        this.#introductions.offersToAnybody ||= message.neighbours === null;
        this.#take({
          kind: 'announced',
          interval: seconds(message.intervalSeconds),
          complete: message.complete,
          incomplete: message.incomplete,
          neighbours: message.neighbours,
        });
        return;
      case 'offer':
        this.#introductions.keepOffer(message.offerId, message.sdp);
        this.#take({ kind: 'offer-received', peer: message.peerId, offerId: message.offerId });
        return;
      case 'answer':
        this.#takeAnswer(message);
        return;
      case 'refused':
        if (message.offerId === null) this.#take({ kind: 'announce-refused', reason: message.reason });
        else this.#introductions.refused(message.offerId, message.reason);
        return;
      case 'scraped':
        return;
    }
  }
}
