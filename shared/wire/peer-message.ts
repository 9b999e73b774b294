/** What two peers say to each other: BEP 3, the fast extension (BEP 6), extensions (BEP 10), metadata (BEP 9). */
import type { InfoHash, PeerId, PieceIndex } from './ids.ts';

/**
 * The content of a block. In a browser a Uint8Array; in the simulator, where only time matters, an object that knows
 * its length. The engine never looks inside.
 */
export interface Payload {
  readonly byteLength: number;
}

/** Bytes `offset` … `offset + length − 1` of a piece. */
export interface BlockRef {
  readonly piece: PieceIndex;
  readonly offset: number;
  readonly length: number;
}

/** What a neighbour tells about itself in the extended handshake (BEP 10). Absent fields are null. */
export interface ExtendedHandshake {
  /** Whether it takes part in `ut_metadata` (BEP 9). */
  readonly hasMetadataExtension: boolean;
  /** Whether it understands `lt_donthave` (libtorrent). */
  readonly hasDontHaveExtension: boolean;
  /** Whether it takes part in `ts_partial` (PROTOCOL.md): passes on blocks of pieces that it has not whole. */
  readonly hasPartialExtension: boolean;
  /** Length of the info dictionary in bytes, when it has it (BEP 9 `metadata_size`). */
  readonly metadataBytes: number | null;
  /** How many unanswered requests it accepts (BEP 10 `reqq`). */
  readonly requestQueueMax: number | null;
  /** It wants some pieces before others, or some only, so that nothing should be hidden from it (`choosy`; ours). */
  readonly isChoosy: boolean;
  /** Client name and version (BEP 10 `v`). */
  readonly client: string | null;
}

/** What somebody has of a piece that is not whole. */
export interface HeldBlocks {
  readonly piece: PieceIndex;
  /** Bit b, from the lowest, is block b; 32 at most. None: it has nothing of it any more. */
  readonly blocks: number;
}

export type PeerMessage =
  /** The first message each way; both sides send at once. */
  | {
      readonly kind: 'handshake';
      readonly infoHash: InfoHash;
      readonly peerId: PeerId;
      readonly supportsFast: boolean;
      readonly supportsExtensions: boolean;
    }
  | { readonly kind: 'keep-alive' }
  | { readonly kind: 'choke' }
  | { readonly kind: 'unchoke' }
  | { readonly kind: 'interested' }
  | { readonly kind: 'not-interested' }
  | { readonly kind: 'have'; readonly piece: PieceIndex }
  /** One bit per piece, the first in the highest bit of the first byte; spare bits are zero. */
  | { readonly kind: 'bitfield'; readonly bits: Uint8Array }
  | { readonly kind: 'have-all' }
  | { readonly kind: 'have-none' }
  | { readonly kind: 'request'; readonly block: BlockRef }
  | { readonly kind: 'cancel'; readonly block: BlockRef }
  | { readonly kind: 'reject'; readonly block: BlockRef }
  | { readonly kind: 'piece'; readonly piece: PieceIndex; readonly offset: number; readonly data: Payload }
  | { readonly kind: 'extended-handshake'; readonly handshake: ExtendedHandshake }
  | { readonly kind: 'metadata-request'; readonly part: number }
  | { readonly kind: 'metadata-data'; readonly part: number; readonly totalBytes: number; readonly data: Uint8Array }
  | { readonly kind: 'metadata-reject'; readonly part: number }
  /** The neighbour lost a piece that it had announced (`lt_donthave`). */
  | { readonly kind: 'dont-have'; readonly piece: PieceIndex }
  /** What the neighbour has of some pieces that it has not whole (`ts_partial`); at least one, at most PARTIALS_MAX. */
  | { readonly kind: 'partials'; readonly held: readonly HeldBlocks[] }
  /** Asks for the digests of a piece's blocks (`ts_partial`). */
  | { readonly kind: 'digests-request'; readonly piece: PieceIndex }
  /** Those digests, BLOCK_DIGEST_BYTES each, one after the other; none when they are not at hand (`ts_partial`). */
  | { readonly kind: 'digests'; readonly piece: PieceIndex; readonly digests: Uint8Array }
  /** Something we do not use: suggest, allowed fast, port, unknown ids and extensions. Only proves life. */
  | { readonly kind: 'ignored'; readonly id: number };
