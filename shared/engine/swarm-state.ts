/** All state of one swarm in one record, the few steps that several handlers share, and the invariants that always hold. */
import { assert, present } from '../base/assert.ts';
import type { Random } from '../base/random.ts';
import type { Millis } from '../base/time.ts';
import { seconds } from '../base/time.ts';
import type { InfoHash, PeerId, PieceIndex } from '../wire/ids.ts';
import type { Metainfo } from '../wire/metainfo.ts';
import type { PeerMessage } from '../wire/peer-message.ts';
import { Announcer } from './announcer.ts';
import { MetadataExchange } from './metadata-exchange.ts';
import { GIVING_WINDOW_MS, OPTIMISTIC_SLOTS, REGULAR_SLOTS } from './peers/choker.ts';
import { Dialer } from './peers/dialer.ts';
import type { PeerSession } from './peers/peer-session.ts';
import { RateMeter } from './peers/rate-meter.ts';
import { RoundTrips } from './peers/round-trips.ts';
import { Availability } from './pieces/availability.ts';
import { Bitfield } from './pieces/bitfield.ts';
import { Blame } from './pieces/blame.ts';
import type { FirstCopies } from './pieces/first-copies.ts';
import { geometryOf, type Geometry } from './pieces/geometry.ts';
import type { PartialPiece } from './pieces/partial-piece.ts';
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
  readonly availability: Availability;
  /** Started pieces. A piece is verified, open, or startable; never two of these. */
  readonly open: Map<PieceIndex, PartialPiece>;
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
  readonly received: RateMeter;
  readonly sent: RateMeter;
  /** Of requests, with all neighbours. */
  readonly roundTrips: RoundTrips;
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
    received: new RateMeter(start.now, GIVING_WINDOW_MS),
    sent: new RateMeter(start.now, GIVING_WINDOW_MS),
    roundTrips: new RoundTrips(),
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
    upkeepAt: start.now + UPKEEP_MS,
    now: start.now,
    nextLink: 1,
    nextGeneration: 1,
    effects: [],
  };
  if (start.metainfo === null) return state;
  const torrent = createTorrent(start.metainfo);
  for (const piece of start.have) if (torrent.verified.add(piece)) torrent.availability.exclude(piece);
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
    availability: new Availability(geometry.pieceCount),
    open: new Map(),
    unstored: new Set(),
  };
}

export function isComplete(state: SwarmState): boolean {
  return state.torrent !== null && state.torrent.verified.isFull;
}

/** Neighbours that may be served at once. */
export function uploadSlots({ choking }: SwarmState): number {
  return choking.regularSlots + OPTIMISTIC_SLOTS;
}

/** Bytes of pieces that are not here; 0 while the length is unknown. */
export function missingBytes({ torrent }: SwarmState): number {
  if (torrent === null) return 0;
  const missing = torrent.geometry.pieceCount - torrent.verified.count;
  return Math.min(torrent.geometry.length, missing * torrent.geometry.pieceLength);
}

/** The same for the tracker: null while the length is unknown. */
export function leftBytes(state: SwarmState): number | null {
  return state.torrent === null ? null : missingBytes(state);
}

/** Orders one message to a neighbour. */
export function send(state: SwarmState, session: PeerSession, message: PeerMessage): void {
  state.effects.push({ kind: 'send', link: session.link, message });
  session.lastSentAt = state.now;
}

/** Neighbours whose handshake is done. */
export function* readySessions(state: SwarmState): Generator<PeerSession> {
  for (const session of state.sessions.values()) if (session.isReady) yield session;
}

/** Crashes when the state contradicts itself. Called after every step in tests. O(everything). */
export function checkInvariants(state: SwarmState): void {
  const unchoked = [...state.sessions.values()].filter((session) => session.isUnchoked);
  assert(unchoked.length <= uploadSlots(state), `${unchoked.length} neighbours are served`);
  assert(unchoked.filter((session) => session.isOptimistic).length <= 1, 'one neighbour at most is served by luck');
  for (const session of unchoked) assert(session.isInterested, 'only interested neighbours are served');
  for (const session of state.sessions.values()) {
    assert(session.isUnchoked || session.uploads.size === 0, 'a choked neighbour has no requests waiting');
    const mayAnswer = session.unchokesUs || session.supportsFast;
    assert(mayAnswer || session.window.size === 0, 'who chokes us, and need not reject, has no requests of ours');
  }
  if (state.torrent !== null) checkPieces(state, state.torrent);
}

function checkPieces(state: SwarmState, torrent: Torrent): void {
  const { geometry, verified, availability, open } = torrent;
  const isOpen = (piece: PieceIndex): number => Number(open.has(piece));
  for (let index = 0; index < geometry.pieceCount; index += 1) {
    const piece = index as PieceIndex;
    const states = Number(verified.has(piece)) + isOpen(piece) + Number(availability.isStartable(piece));
    assert(states === 1, `piece ${piece} is in ${states} states`);
  }
  const asked = new Map<string, number>();
  for (const session of state.sessions.values()) {
    for (const key of session.window.keys()) {
      const piece = Math.floor(key / geometry.blocksPerPiece) as PieceIndex;
      const block = key % geometry.blocksPerPiece;
      assert(open.has(piece), 'a request is for a started piece');
      asked.set(`${piece}/${block}`, (asked.get(`${piece}/${block}`) ?? 0) + 1);
    }
    if (session.pieces !== null) checkCounters(session, torrent);
  }
  for (const partial of open.values()) {
    partial.checkInvariants();
    for (let block = 0; block < partial.blocks; block += 1) {
      const requests = asked.get(`${partial.piece}/${block}`) ?? 0;
      assert(partial.askedFrom(block) === requests, `block ${partial.piece}/${block} counts its requests`);
    }
  }
}

function checkCounters(session: PeerSession, { verified, availability }: Torrent): void {
  let wanted = 0;
  let startable = 0;
  for (const piece of present(session.pieces, 'the pieces of a neighbour').pieces()) {
    if (!verified.has(piece)) wanted += 1;
    if (availability.isStartable(piece)) startable += 1;
  }
  assert(wanted === session.wanted, `a neighbour has ${wanted} pieces we lack, not ${session.wanted}`);
  assert(startable === session.startable, `a neighbour has ${startable} pieces to start, not ${session.startable}`);
  assert(session.amInterested === wanted > 0, 'we are interested in whoever has a piece we lack');
}
