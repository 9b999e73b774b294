/** One connected neighbour: what it has, who chokes whom, what it was asked for and what it asks for. */
import type { Millis } from '../../base/time.ts';
import type { PeerId, PieceIndex } from '../../wire/ids.ts';
import { REQUEST_QUEUE_ASSUMED } from '../../wire/limits.ts';
import type { ExtendedHandshake } from '../../wire/peer-message.ts';
import type { Bitfield } from '../pieces/bitfield.ts';
import type { Policies } from '../policies.ts';
import type { LinkId, LinkRoute } from '../swarm-io.ts';
import { GIVING_WINDOW_MS } from './choker.ts';
import type { Attempt } from './dialer.ts';
import { Pace } from './pace.ts';
import { RateMeter } from './rate-meter.ts';
import { RequestWindow } from './request-window.ts';
import type { RoundTrips } from './round-trips.ts';
import { UploadQueue } from './upload-queue.ts';

/** State of one open link. Everything but the windows and meters is set by the handlers of `on-peer` and `on-link`. */
export interface PeerSession {
  readonly link: LinkId;
  readonly peer: PeerId;
  /** Whether we dialled. */
  readonly isOurs: boolean;
  readonly openedAt: Millis;

  /** Its packets go through a relay (TURN). */
  route: LinkRoute;
  /** False until its handshake came; nothing else is accepted before. */
  isReady: boolean;
  supportsFast: boolean;
  supportsExtensions: boolean;
  extended: ExtendedHandshake | null;

  /** Its pieces; null until the torrent's size is known. */
  pieces: Bitfield | null;
  /** It told what it has: a bitfield or the like, or a piece. */
  hasToldPieces: boolean;
  /** What it told about its pieces before that. */
  early: EarlyPieces;
  /** Whether it is counted as one that has everything, not piece by piece. */
  isCountedAsSeed: boolean;
  /** It was told about every piece we have. */
  isShownAll: boolean;
  /** How many of its pieces we want and lack. */
  wanted: number;
  /** How many of these nobody has started. */
  startable: number;

  /** Blocks it has, as bits, of pieces that it has not whole and that we want and lack. */
  readonly partials: Map<PieceIndex, number>;
  /** When it was last told of all blocks that we could pass on; −∞ before. */
  toldPartialsAt: Millis;
  /** Pieces whose blocks' digests it asked us for. */
  readonly digestsGiven: Set<PieceIndex>;

  /** We asked it for blocks, or would like to. */
  amInterested: boolean;
  isInterested: boolean;
  /** It serves us. */
  unchokesUs: boolean;
  /** When it last choked us. */
  chokedUsAt: Millis;
  /** We serve it. */
  isUnchoked: boolean;
  isOptimistic: boolean;
  /** When `isUnchoked` last changed, or it became interested. */
  servedSince: Millis;
  servedBytes: number;
  /** Bytes of blocks it got while it had pieces that we lack. */
  takenBytes: number;
  /** When it last gave a block that it was asked for. */
  lastGaveAt: Millis;
  /** When it last got a block. */
  lastServedAt: Millis;

  readonly window: RequestWindow;
  readonly pace: Pace;
  readonly uploads: UploadQueue;
  readonly received: RateMeter;
  readonly sent: RateMeter;
  lastHeardAt: Millis;
  lastSentAt: Millis;
  /** Parts of the info dictionary it asked for. */
  metadataServed: number;
}

/** Announcements of pieces that came before the info dictionary. */
export interface EarlyPieces {
  hasAll: boolean;
  bits: Uint8Array | null;
  /** It has everything, or one of its bits is set. */
  hasAny: boolean;
  readonly haves: Set<PieceIndex>;
}

/** The attempt succeeded. */
export function openSession(
  { link, peer, isOurs }: Attempt,
  { now, roundTrips, policies }: { readonly now: Millis; readonly roundTrips: RoundTrips; readonly policies: Policies },
): PeerSession {
  return {
    link,
    peer,
    isOurs,
    openedAt: now,
    route: 'direct',
    isReady: false,
    supportsFast: false,
    supportsExtensions: false,
    extended: null,
    pieces: null,
    hasToldPieces: false,
    early: { hasAll: false, bits: null, hasAny: false, haves: new Set() },
    isCountedAsSeed: false,
    isShownAll: false,
    wanted: 0,
    startable: 0,
    partials: new Map(),
    toldPartialsAt: Number.NEGATIVE_INFINITY,
    digestsGiven: new Set(),
    amInterested: false,
    isInterested: false,
    unchokesUs: false,
    chokedUsAt: now,
    isUnchoked: false,
    isOptimistic: false,
    servedSince: now,
    servedBytes: 0,
    takenBytes: 0,
    lastGaveAt: now,
    lastServedAt: now,
    window: new RequestWindow(now, roundTrips, policies.pipelining),
    pace: new Pace(now),
    uploads: new UploadQueue(now),
    received: new RateMeter(now, GIVING_WINDOW_MS),
    sent: new RateMeter(now, GIVING_WINDOW_MS),
    lastHeardAt: now,
    lastSentAt: now,
    metadataServed: 0,
  };
}

/** How many unanswered requests this neighbour accepts. */
export function requestQueueOf(session: PeerSession): number {
  return session.extended?.requestQueueMax ?? REQUEST_QUEUE_ASSUMED;
}
