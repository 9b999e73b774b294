/** What screens and checks may see of a swarm: plain values, a new record each time. */
import type { Millis } from '../base/time.ts';
import { pieceIndex, type InfoHash, type PeerId } from '../wire/ids.ts';
import type { Metainfo } from '../wire/metainfo.ts';
import type { PeerSession } from './peers/peer-session.ts';
import { pieceBytes } from './pieces/geometry.ts';
import type { Bitfield } from './pieces/bitfield.ts';
import type { LinkRoute } from './swarm-io.ts';
import { readySessions, type SwarmState, type Torrent } from './swarm-state.ts';

export interface Snapshot {
  readonly infoHash: InfoHash;
  readonly peerId: PeerId;
  /** null until the info dictionary came from a neighbour. */
  readonly metainfo: Metainfo | null;
  /** Bytes of the info dictionary that are here, and its length; both 0 before a neighbour told. */
  readonly metadata: { readonly bytes: number; readonly totalBytes: number };
  readonly pieces: {
    readonly count: number;
    /** Passed their digest, and are served. */
    readonly verified: number;
    /** Are on disk as well. */
    readonly stored: number;
    /** Whole copies among the neighbours: how many hold the rarest piece. */
    readonly copiesElsewhere: number;
    /** Pieces that at least one neighbour holds. */
    readonly heldElsewhere: number;
  };
  /** Of the pieces that the person wants: their number and bytes, and what of them is verified and stored. */
  readonly wanted: {
    readonly count: number;
    readonly verified: number;
    readonly stored: number;
    readonly bytes: number;
    readonly verifiedBytes: number;
    readonly storedBytes: number;
  };
  /** Bytes of verified, and of stored pieces. */
  readonly verifiedBytes: number;
  readonly storedBytes: number;
  /** Content received and sent since the start, in bytes. `wasted` came twice or failed its digest. */
  readonly transferred: { readonly downloaded: number; readonly uploaded: number; readonly wasted: number };
  /** Bytes per second, over the last 20 s at most. */
  readonly rates: { readonly download: number; readonly upload: number };
  readonly signal: {
    readonly state: 'idle' | 'connecting' | 'open' | 'waiting';
    /** Why it is not open, or the last refusal; null when all is well. */
    readonly trouble: string | null;
    /** When the next attempt begins, on the driver's clock, in state `waiting`. */
    readonly retryAt: Millis | null;
  };
  /** The server's last count of the swarm, ourselves included; null before the first. */
  readonly swarm: { readonly complete: number; readonly incomplete: number } | null;
  /** Connections in the making. */
  readonly dialling: number;
  readonly neighbours: readonly NeighbourView[];
  /** Why what the link names cannot be fetched at all, for a person; null when it can. */
  readonly metadataTrouble: string | null;
  /** Why pieces cannot be put on disk, for a person; null when they can. */
  readonly storageTrouble: string | null;
  readonly isStopped: boolean;
}

/** One connected neighbour. */
export interface NeighbourView {
  readonly peerId: PeerId;
  readonly client: string | null;
  readonly route: LinkRoute;
  /** Pieces it holds, 0 … count. */
  readonly pieces: number;
  readonly isSeed: boolean;
  /** Bytes per second, over the last 20 s at most. */
  readonly downloadRate: number;
  readonly uploadRate: number;
  /** We serve it; it serves us. */
  readonly isUnchoked: boolean;
  readonly isOptimistic: boolean;
  readonly unchokesUs: boolean;
  readonly isInterested: boolean;
  readonly isInteresting: boolean;
  readonly isSnubbed: boolean;
}

/** The state as it is at `now`. */
export function takeSnapshot(state: SwarmState, now: Millis): Snapshot {
  const { torrent, announcer } = state;
  return {
    infoHash: state.infoHash,
    peerId: state.self,
    metainfo: torrent?.metainfo ?? null,
    metadata: metadataProgress(state),
    pieces: {
      count: torrent?.geometry.pieceCount ?? 0,
      verified: torrent?.verified.count ?? 0,
      stored: torrent?.stored.count ?? 0,
      copiesElsewhere: torrent?.availability.wholeCopies() ?? 0,
      heldElsewhere: torrent?.availability.heldPieces() ?? 0,
    },
    wanted: torrent === null ? NOTHING_WANTED : wantedOf(torrent),
    verifiedBytes: torrent === null ? 0 : bytesIn(torrent, torrent.verified),
    storedBytes: torrent === null ? 0 : bytesIn(torrent, torrent.stored),
    transferred: { downloaded: state.received.total, uploaded: state.sent.total, wasted: state.wastedBytes },
    rates: { download: state.received.rate(now), upload: state.sent.rate(now) },
    signal: {
      state: announcer.state,
      trouble: announcer.trouble,
      retryAt: announcer.state === 'waiting' ? announcer.dueAt : null,
    },
    swarm: state.swarmCounts,
    dialling: state.dialer.attempts,
    neighbours: readySessions(state).map((session) => viewOf(session, torrent, now)),
    metadataTrouble: state.metadataTrouble,
    storageTrouble: state.storageTrouble,
    isStopped: state.isStopped,
  };
}

function metadataProgress({ torrent, metadata }: SwarmState): Snapshot['metadata'] {
  if (torrent === null) return metadata.progress();
  const bytes = torrent.metainfo.infoBytes.byteLength;
  return { bytes, totalBytes: bytes };
}

const NOTHING_WANTED: Snapshot['wanted'] = {
  count: 0,
  verified: 0,
  stored: 0,
  bytes: 0,
  verifiedBytes: 0,
  storedBytes: 0,
};

function wantedOf(torrent: Torrent): Snapshot['wanted'] {
  const { wanted, lacking } = torrent.wishes;
  const bytes = bytesIn(torrent, wanted);
  return {
    count: wanted.count,
    verified: wanted.count - lacking.count,
    stored: wanted.overlap(torrent.stored),
    bytes,
    verifiedBytes: bytes - bytesIn(torrent, lacking),
    storedBytes: bytesInBoth(torrent, wanted, torrent.stored),
  };
}

function bytesIn(torrent: Torrent, pieces: Bitfield): number {
  return bytesInBoth(torrent, pieces, pieces);
}

/** Only the last piece may be shorter than the others. */
function bytesInBoth({ geometry }: Torrent, pieces: Bitfield, others: Bitfield): number {
  const last = pieceIndex(geometry.pieceCount - 1);
  const hasLast = pieces.count > 0 && pieces.has(last) && others.has(last);
  const missing = hasLast ? geometry.pieceLength - pieceBytes(geometry, last) : 0;
  return pieces.overlap(others) * geometry.pieceLength - missing;
}

function viewOf(session: PeerSession, torrent: Torrent | null, now: Millis): NeighbourView {
  return {
    peerId: session.peer,
    client: session.extended?.client ?? null,
    route: session.route,
    pieces: session.pieces?.count ?? 0,
    isSeed: torrent !== null && session.pieces?.isFull === true,
    downloadRate: session.received.rate(now),
    uploadRate: session.sent.rate(now),
    isUnchoked: session.isUnchoked,
    isOptimistic: session.isOptimistic,
    unchokesUs: session.unchokesUs,
    isInterested: session.isInterested,
    isInteresting: session.amInterested,
    isSnubbed: session.window.isSnubbed,
  };
}
