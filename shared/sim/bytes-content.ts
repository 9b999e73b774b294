/** Content of real bytes, where it matters that what arrives is what was sent. */
import { concatBytes, equalBytes, hexFromBytes } from '../base/bytes.ts';
import { randomBytes, seededRandom } from '../base/random.ts';
import { infoHashFromBytes } from '../wire/ids.ts';
import { BLOCK_BYTES, BLOCK_DIGEST_BYTES, PIECE_BYTES } from '../wire/limits.ts';
import { encodeMetainfo, pieceCount } from '../wire/metainfo.ts';
import type { Payload } from '../wire/peer-message.ts';
import type { Content } from './content.ts';

export interface BytesContentOptions {
  readonly length: number;
  readonly seed: number;
  /** SHA-1, 20 bytes. Node and browsers have different ones, and this folder runs in both. */
  readonly sha1: (bytes: Uint8Array) => Uint8Array;
}

/** A file of random bytes. */
export function bytesContent({ length, seed, sha1 }: BytesContentOptions): Content<Uint8Array> {
  const file = randomBytes(seededRandom(seed), length);
  const count = pieceCount(length, PIECE_BYTES);
  const chunk = (piece: number): Uint8Array => file.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES);
  const pieceDigests = concatBytes(Array.from({ length: count }, (_, piece) => sha1(chunk(piece))));
  const blockDigest = (block: Uint8Array): Uint8Array => sha1(block).subarray(0, BLOCK_DIGEST_BYTES);
  const blocksOf = (piece: number): Uint8Array[] => {
    const bytes = chunk(piece);
    const blocks = Math.ceil(bytes.byteLength / BLOCK_BYTES);
    return Array.from({ length: blocks }, (_, block) => bytes.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES));
  };
  const blockDigests = concatBytes(
    Array.from({ length: count }, (_, piece) => blockDigest(concatBytes(blocksOf(piece).map(blockDigest)))),
  );
  const metainfo = encodeMetainfo({
    name: 'noise.bin',
    length,
    pieceLength: PIECE_BYTES,
    pieceDigests,
    blockDigests,
  });
  return {
    infoHash: infoHashFromBytes(sha1(metainfo.infoBytes)),
    metainfo,
    pieceCount: count,
    shape: {
      join: (blocks) => concatBytes(blocks.map(bytesOf)),
      slice: (whole, offset, size) => whole.subarray(offset, offset + size),
    },
    chunk,
    pieceMatches: (bytes, digest) => equalBytes(sha1(bytes), digest),
    digest: (bytes) => hexFromBytes(sha1(bytes)),
    blockDigest,
    blockDigestsMatch: (digests, digest) => equalBytes(blockDigest(digests), digest),
    metadataMatches: (infoBytes, infoHash) => infoHashFromBytes(sha1(infoBytes)) === infoHash,
    falsify: (block) => bytesOf(block).map((byte, index) => (index === 0 ? byte ^ 1 : byte)),
  };
}

/** In a world of bytes, every payload is bytes. */
const bytesOf = (payload: Payload): Uint8Array => payload as Uint8Array;
