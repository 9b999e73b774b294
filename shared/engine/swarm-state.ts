/** All state of one swarm in one record, the few steps that several handlers share, and the invariants that always hold. */
import { MovingMean } from '../base/moving-mean.ts';
import type { Random } from '../base/random.ts';
import type { Millis } from '../base/time.ts';
import { NEVER, seconds } from '../base/time.ts';
import type { InfoHash, PeerId, PieceIndex } from '../wire/ids.ts';
import type { Metainfo } from '../wire/metainfo.ts';
import type { PeerMessage } from '../wire/peer-message.ts';
import { Announcer } from './announcer.ts';
import { MetadataExchange } from './metadata-exchange.ts';
import { GIVING_WINDOW_MS, OPTIMISTIC_SLOTS, REGULAR_SLOTS } from './peers/choker.ts';
import { Dialer } from './peers/dialer.ts';
import { Lateness } from './peers/lateness.ts';
import type { PeerSession } from './peers/peer-session.ts';
import { RateCap } from './peers/rate-cap.ts';
import { RateMeter } from './peers/rate-meter.ts';
import { RoundTrips } from './peers/round-trips.ts';
import { UploadSlots } from './peers/upload-slots.ts';
import { Availability } from './pieces/availability.ts';
import { Bitfield } from './pieces/bitfield.ts';
import { Blame } from './pieces/blame.ts';
import type { FirstCopies } from './pieces/first-copies.ts';
import { geometryOf, type Geometry } from './pieces/geometry.ts';
import type { PartialPiece } from './pieces/partial-piece.ts';
import { WishedPieces } from './pieces/wishes.ts';
import { type Policies, SHIPPED } from './policies.ts';
import type { Effect, LinkId } from './swarm-io.ts';

/** What is known once the info dictionary is here. */
export interface Torrent {
  readonly metainfo: Metainfo;
  readonly geometry: Geometry;
  /** Pieces that passed their digest. */
  readonly verified: Bitfield;
  /** Of these, the ones on disk. */
  readonly stored: Bitfield;
  /** What the person wants, and what of it is lacking. */
  readonly wishes: WishedPieces;
  readonly availability: Availability;
  /** Started pieces. A piece is verified, open, or startable; never two of these. One that is not wanted may be none. */
  readonly open: Map<PieceIndex, PartialPiece>;
  /** The piece that was started last; null before the first. */
  lastStarted: PieceIndex | null;
  /** Of their blocks, and of those of pieces that are whole by now: what `ts_partial` proves blocks with. */
  readonly digests: Map<PieceIndex, Uint8Array>;
  /** Verified pieces on their way to disk, or waiting for room there. */
  readonly unstored: Set<PieceIndex>;
}

export interface SwarmState {
  readonly infoHash: InfoHash;
  readonly self: PeerId;
  readonly random: Random;
  readonly policies: Policies;
  torrent: Torrent | null;
  readonly sessions: Map<LinkId, PeerSession>;
  readonly dialer: Dialer;
  readonly announcer: Announcer;
  readonly metadata: MetadataExchange;
  readonly blame: Blame;
  /** `regularSlots`: neighbours that may be served at once, besides the lucky one. */
  readonly choking: { nextRoundAt: Millis; nextLuckAt: Millis; optimistic: LinkId | null; regularSlots: number };
  /** Others whom the server named and we have not called, the newest last. */
  named: PeerId[];
  /** The person's caps on what content flows. */
  readonly caps: { readonly upload: RateCap; readonly download: RateCap };
  readonly received: RateMeter;
  /** The same over a second. */
  readonly arriving: RateMeter;
  readonly lateness: Lateness;
  readonly sent: RateMeter;
  /** How many should be served at once; what is in force is `choking.regularSlots`. */
  readonly uploadSlots: UploadSlots;
  /** Of requests, with all neighbours. */
  readonly roundTrips: RoundTrips;
  /** Time between the blocks of one neighbour, over all neighbours. */
  readonly blockMs: MovingMean;
  /** Bytes of blocks that came twice or were thrown away. */
  wastedBytes: number;
  swarmCounts: { readonly complete: number; readonly incomplete: number } | null;
  /** Who sent the dictionary that is being checked; it answers for it even when it has left. */
  metadataSender: PeerId | null;
  /** Why the info dictionary, though it is the right one, is of no use; null when it is, or is not here. */
  metadataTrouble: string | null;
  storageTrouble: string | null;
  storageRetryAt: Millis | null;
  hasAnnouncedCompletion: boolean;
  /** What we show to whom while we are the only seed; null when everybody is shown everything. */
  firstCopies: FirstCopies | null;
  /** Every piece has left us once. */
  hasGivenCopy: boolean;
  isStopped: boolean;
  /** Started pieces with blocks that neighbours are to be told of, and when; true: of these blocks the first. */
  readonly telling: { at: Millis; readonly pieces: Map<PieceIndex, boolean> };
  /** When our first block came; null before. */
  firstBlockAt: Millis | null;
  /** When idle slots are looked for. */
  lendingAt: Millis;
  /** When the once-a-second look at all neighbours is due. */
  upkeepAt: Millis;
  /** The moment of the fact that is being handled. */
  now: Millis;
  nextLink: number;
  nextGeneration: number;
  /** Orders of the call that is being handled. */
  effects: Effect[];
}

/** What a swarm starts with. */
export interface SwarmStart {
  readonly infoHash: InfoHash;
  readonly peerId: PeerId;
  readonly random: Random;
  readonly now: Millis;
  /** The info dictionary, when it is here: we share, or come back. */
  readonly metainfo: Metainfo | null;
  /** Pieces that are here, checked before. */
  readonly have: Iterable<PieceIndex>;
  /** Pieces that are on disk. */
  readonly stored: Iterable<PieceIndex>;
  /** Left out by tabs: they use the shipped ones. */
  readonly policies?: Policies;
}

/** How often all neighbours are looked at. */
export const UPKEEP_MS = seconds(1);

export function createState(start: SwarmStart): SwarmState {
  const { policies = SHIPPED } = start;
  const state: SwarmState = {
    infoHash: start.infoHash,
    self: start.peerId,
    random: start.random,
    policies,
    torrent: null,
    sessions: new Map(),
    dialer: new Dialer(),
    announcer: new Announcer(),
    metadata: new MetadataExchange(),
    blame: new Blame(),
    choking: {
      nextRoundAt: start.now,
      nextLuckAt: start.now,
      optimistic: null,
      regularSlots: policies.choking === 'everybody' ? Number.POSITIVE_INFINITY : REGULAR_SLOTS,
    },
    named: [],
    caps: { upload: new RateCap(), download: new RateCap() },
    received: new RateMeter(start.now, GIVING_WINDOW_MS),
    arriving: new RateMeter(start.now, seconds(1)),
    lateness: new Lateness(),
    sent: new RateMeter(start.now, GIVING_WINDOW_MS),
    uploadSlots: new UploadSlots(start.now),
    roundTrips: new RoundTrips(),
    blockMs: new MovingMean(1 / 32),
    wastedBytes: 0,
    swarmCounts: null,
    metadataSender: null,
    metadataTrouble: null,
    storageTrouble: null,
    storageRetryAt: null,
    hasAnnouncedCompletion: false,
    firstCopies: null,
    hasGivenCopy: false,
    isStopped: false,
    telling: { at: NEVER, pieces: new Map() },
    firstBlockAt: null,
    lendingAt: start.now,
    upkeepAt: start.now + UPKEEP_MS,
    now: start.now,
    nextLink: 1,
    nextGeneration: 1,
    effects: [],
  };
  if (start.metainfo === null) return state;
  const torrent = createTorrent(start.metainfo);
  for (const piece of start.have) {
    if (!torrent.verified.add(piece)) continue;
    torrent.wishes.came(piece);
    torrent.availability.exclude(piece);
  }
  for (const piece of start.stored) torrent.stored.add(piece);
  state.torrent = torrent;
  state.hasAnnouncedCompletion = torrent.verified.isFull;
  return state;
}

export function createTorrent(metainfo: Metainfo): Torrent {
  const geometry = geometryOf(metainfo);
  return {
    metainfo,
    geometry,
    verified: new Bitfield(geometry.pieceCount),
    stored: new Bitfield(geometry.pieceCount),
    wishes: new WishedPieces(geometry.pieceCount),
    availability: new Availability(geometry.pieceCount),
    open: new Map(),
    lastStarted: null,
    digests: new Map(),
    unstored: new Set(),
  };
}

/** Every piece is here. */
export function isComplete(state: SwarmState): boolean {
  return state.torrent !== null && state.torrent.verified.isFull;
}

/** Every piece that the person wants is here: we fetch nothing, and only give. */
export function isDone({ torrent }: SwarmState): boolean {
  return torrent !== null && torrent.wishes.lacking.count === 0;
}

/** Whether slots may be idle, which a timer finds out: somebody is served. A peer that has all it wants keeps to its turns. */
export function looksForIdleSlots(state: SwarmState): boolean {
  if (isDone(state)) return false;
  // Asked after every message: no list is made for it.
  for (const { isUnchoked } of state.sessions.values()) if (isUnchoked) return true;
  return false;
}

/** Neighbours that may be served at once. */
export function uploadSlots({ choking }: SwarmState): number {
  return choking.regularSlots + OPTIMISTIC_SLOTS;
}

/** Bytes of pieces that we want and lack. */
export function lackingBytes({ wishes, geometry }: Torrent): number {
  return Math.min(geometry.length, wishes.lacking.count * geometry.pieceLength);
}

/** Bytes of pieces that are not here, wanted or not, for the tracker; null while the length is unknown. */
export function leftBytes({ torrent }: SwarmState): number | null {
  if (torrent === null) return null;
  const missing = torrent.geometry.pieceCount - torrent.verified.count;
  return Math.min(torrent.geometry.length, missing * torrent.geometry.pieceLength);
}

/** Orders one message to a neighbour. */
export function send(state: SwarmState, session: PeerSession, message: PeerMessage): void {
  state.effects.push({ kind: 'send', link: session.link, message });
  session.lastSentAt = state.now;
}

/** Neighbours whose handshake is done. A new list each time: cheaper to go through than a generator, many times a second. */
export function readySessions(state: SwarmState): PeerSession[] {
  const ready: PeerSession[] = [];
  for (const session of state.sessions.values()) if (session.isReady) ready.push(session);
  return ready;
}
