/** Content where only time matters: blocks that know how long they are, and whether a liar sent them. */
import { equalBytes } from '../base/bytes.ts';
import { randomBytes, seededRandom } from '../base/random.ts';
import { infoHashFromBytes, ID_BYTES } from '../wire/ids.ts';
import { BLOCK_BYTES, BLOCK_DIGEST_BYTES, PIECE_BYTES } from '../wire/limits.ts';
import { encodeMetainfo, pieceCount } from '../wire/metainfo.ts';
import type { Payload } from '../wire/peer-message.ts';
import type { Content } from './content.ts';

/** Bytes that nobody looks at. */
export interface Length extends Payload {
  readonly isFalse: boolean;
}

/** A file of `length` bytes. Digests are noise, and a piece matches its digest when no part of it is false. */
export function lengthsContent(length: number, pieceLength = PIECE_BYTES): Content<Length> {
  const count = pieceCount(length, pieceLength);
  const random = seededRandom(length);
  const pieceDigests = randomBytes(random, count * ID_BYTES);
  const blockDigests = randomBytes(random, count * BLOCK_DIGEST_BYTES);
  const metainfo = encodeMetainfo({ name: 'lengths', length, pieceLength, pieceDigests, blockDigests });
  const infoHash = infoHashFromBytes(randomBytes(random, ID_BYTES));
  return {
    infoHash,
    metainfo,
    pieceCount: count,
    shape: {
      join: (blocks) => {
        let byteLength = 0;
        for (const block of blocks) byteLength += block.byteLength;
        return { byteLength, isFalse: blocks.some(isFalse) };
      },
      slice: (chunk, _offset, size) =>
        size === BLOCK_BYTES && !chunk.isFalse ? TRUE_BLOCK : lengthOf(size, chunk.isFalse),
    },
    chunk: (piece) => lengthOf(Math.min(pieceLength, length - piece * pieceLength), false),
    pieceMatches: (chunk) => !chunk.isFalse,
    digest: (chunk) => String(chunk.isFalse),
    blockDigest: (block) => (block.isFalse ? FALSE_DIGEST : TRUE_DIGEST),
    blockDigestsMatch: (digests) => digests.every((byte) => byte === 0),
    metadataMatches: (infoBytes) => equalBytes(infoBytes, metainfo.infoBytes),
    falsify: (block) => lengthOf(block.byteLength, true),
  };
}

const lengthOf = (byteLength: number, isFalse: boolean): Length => ({ byteLength, isFalse });

/** Next to all blocks are alike, and share one object. */
const TRUE_BLOCK = lengthOf(BLOCK_BYTES, false);

/** Of a block that is true, and of one that is not. */
const TRUE_DIGEST = new Uint8Array(BLOCK_DIGEST_BYTES);
const FALSE_DIGEST = new Uint8Array(BLOCK_DIGEST_BYTES).fill(1);

const isFalse = (block: Payload): boolean => 'isFalse' in block && block.isFalse === true;
