/**
 * What the swarm needs from a world: five ports. A browser, a Node process and the simulator each give their own.
 * Orders are calls; what comes of them later is reported as a fact to the `report` function an adapter is made with.
 */
import type { Millis } from '../base/time.ts';
import type { LinkId, LinkRoute } from '../engine/swarm-io.ts';
import type { InfoHash, PieceIndex, PeerId } from '../wire/ids.ts';
import type { Payload, PeerMessage } from '../wire/peer-message.ts';
import type { ClientMessage, ServerMessage } from '../wire/signal-message.ts';

/** Monotonic time, and one alarm. */
export interface Clock {
  readonly now: () => Millis;
  /** Sets the one alarm, in place of the one before; `NEVER` clears it. `ring` runs at `at` or soon after, never at once. */
  readonly setAlarm: (at: Millis, ring: () => void) => void;
}

/** Connections to other peers. Session descriptions (SDP) are opaque text here. */
export interface PeerTransport {
  /** Makes an offer for a new link, to `peer` or to anybody. Rejects when no connection can be made at all. */
  readonly dial: (link: LinkId, peer: PeerId | null) => Promise<string>;
  /** Answers an offer of `peer` with a new link. Rejects when the offer is unusable. */
  readonly accept: (link: LinkId, offerSdp: string, peer: PeerId) => Promise<string>;
  /** Takes the answer to our offer. */
  readonly complete: (link: LinkId, answerSdp: string) => void;
  /** Sends one message, in order. Does nothing on a link that is not open. */
  readonly send: (link: LinkId, message: PeerMessage) => void;
  /** Ends a link in any state. Nothing is reported about it any more. */
  readonly close: (link: LinkId) => void;
}

/** What a transport reports. Every link ends in exactly one `link-closed`, unless `close` was called. */
export type TransportFact =
  /** A link of its own to somebody whom no offer was made to: a web seed. Wanted, it is completed. */
  | { readonly kind: 'call-answered'; readonly link: LinkId; readonly peer: PeerId }
  | { readonly kind: 'link-opened'; readonly link: LinkId }
  | { readonly kind: 'link-closed'; readonly link: LinkId; readonly reason: string }
  /** Every link is direct until this says otherwise. */
  | { readonly kind: 'link-routed'; readonly link: LinkId; readonly route: LinkRoute }
  | { readonly kind: 'message-received'; readonly link: LinkId; readonly message: PeerMessage }
  | { readonly kind: 'malformed-received'; readonly link: LinkId; readonly reason: string }
  /** Payload bytes of `piece` messages that are out of the send buffer, or near enough to its end to send more. */
  | { readonly kind: 'blocks-sent'; readonly link: LinkId; readonly bytes: number };

/** The socket to the signal server. It does not reconnect by itself: the engine says when. */
export interface SignalLink {
  /** Opens the socket; reports `signal-opened`, or `signal-closed` with a reason for a person. */
  readonly connect: () => void;
  /** Sends one message; does nothing while the socket is not open. */
  readonly send: (message: ClientMessage) => void;
  /** Closes the socket after what was sent; nothing is reported any more. */
  readonly close: () => void;
}

/** What a signal link reports. After a `signal-closed`, nothing until the next `connect`. */
export type SignalFact =
  | { readonly kind: 'signal-opened' }
  /** `retryIn` is when the server wants to be called again, from now; null when it did not say. */
  | { readonly kind: 'signal-closed'; readonly reason: string; readonly retryIn: Millis | null }
  | { readonly kind: 'signal-message'; readonly message: ServerMessage };

/** How a world keeps the content of a piece: a Uint8Array in a browser, a length in the simulator. */
export interface ChunkShape<Chunk extends Payload> {
  /** One piece out of its blocks, in order. */
  readonly join: (blocks: readonly Payload[]) => Chunk;
  /** A block of a piece. */
  readonly slice: (chunk: Chunk, offset: number, length: number) => Payload;
}

/** Where verified pieces are kept. One store per tab and swarm. */
export interface ChunkStore<Chunk extends Payload> {
  /** Resolves when the piece will survive a reload. Rejects with an Error whose message is for a person. */
  readonly put: (piece: PieceIndex, chunk: Chunk) => Promise<void>;
  /** The piece, or null when it is not there or cannot be read. Never rejects. */
  readonly get: (piece: PieceIndex) => Promise<Chunk | null>;
  /** Forgets the piece. Never rejects. */
  readonly remove: (piece: PieceIndex) => Promise<void>;
}

/** Comparisons with SHA-1 digests. Never reject. */
export interface PieceHasher<Chunk extends Payload> {
  /** `digest` is 20 bytes. */
  readonly pieceMatches: (chunk: Chunk, digest: Uint8Array) => Promise<boolean>;
  /** Equal for equal bytes only. */
  readonly digest: (chunk: Chunk) => Promise<string>;
  /** BLOCK_DIGEST_BYTES of the SHA-1 of a block. */
  readonly blockDigest: (block: Chunk) => Promise<Uint8Array>;
  /** Whether `digest`, of BLOCK_DIGEST_BYTES, is that of the digests of a piece's blocks, one after the other. */
  readonly blockDigestsMatch: (digests: Uint8Array, digest: Uint8Array) => Promise<boolean>;
  readonly metadataMatches: (infoBytes: Uint8Array, infoHash: InfoHash) => Promise<boolean>;
}
