/** Small torrents and names for tests: what is shared, and by whom, without a byte of content. */
import { pieceIndex, type InfoHash, type PeerId, type PieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES, BLOCK_DIGEST_BYTES } from '../wire/limits.ts';
import type { Metainfo } from '../wire/metainfo.ts';
import type { Input, LinkId } from './swarm-io.ts';

/** The swarm all tests are in. */
export const INFO_HASH = 'ab'.repeat(20) as InfoHash;

/** The peer under test. Its id lies between those of `peerNamed('0')` … `'7'` and `'9'` … `'f'`. */
export const SELF = peerNamed('8');

/** Four blocks a piece: enough for "the first", "the last" and "another one". */
export const PIECE_LENGTH = 4 * BLOCK_BYTES;

/** A peer id that begins with these hexadecimal digits. */
export function peerNamed(digits: string): PeerId {
  return digits.padEnd(40, '0') as PeerId;
}

/** How large the torrent of a test is. */
export interface TorrentShape {
  readonly pieces?: number;
  readonly pieceLength?: number;
  /** Bytes of the last piece; a whole one when left out. */
  readonly lastBytes?: number;
  /** Whether its blocks can be proved one by one. */
  readonly hasBlockDigests?: boolean;
  /** Bytes of the info dictionary. */
  readonly infoBytes?: number;
}

/** The info dictionary of such a torrent; its bytes are 0, 1, 2 … and mean nothing. */
export function torrentOf(shape: TorrentShape = {}): Metainfo {
  const {
    pieces = 4,
    pieceLength = PIECE_LENGTH,
    lastBytes = pieceLength,
    infoBytes = 100,
    hasBlockDigests = false,
  } = shape;
  const name = 'film.mkv';
  const length = pieces === 0 ? 0 : (pieces - 1) * pieceLength + lastBytes;
  return {
    name,
    isFolder: false,
    files: [{ path: [name], offset: 0, length }],
    length,
    pieceLength,
    pieceDigests: new Uint8Array(20 * pieces),
    blockDigests: hasBlockDigests ? new Uint8Array(BLOCK_DIGEST_BYTES * pieces) : null,
    infoBytes: Uint8Array.from({ length: infoBytes }, (_, index) => index & 0xff),
  };
}

/** These numbers as piece indices. */
export function pieceList(...indices: number[]): PieceIndex[] {
  return indices.map(pieceIndex);
}

/** Pieces 0 … `count` − 1. */
export function firstPieces(count: number): PieceIndex[] {
  return Array.from({ length: count }, (_, index) => pieceIndex(index));
}

/** A block of this piece was to be sent, to somebody who is gone by now, and could not be read. */
export function unreadable(piece: PieceIndex): Input {
  return { kind: 'block-unreadable', link: 1_000_000 as LinkId, block: { piece, offset: 0, length: BLOCK_BYTES } };
}

/** The info dictionary is this one, or, for null, a wrong one. */
export function metadataVerdict(metainfo: Metainfo | null): Input {
  return { kind: 'metadata-checked', verdict: metainfo === null ? { kind: 'wrong' } : { kind: 'right', metainfo } };
}
