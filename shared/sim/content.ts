/** What is shared in a simulation, and how its pieces are kept, checked and falsified. */
import type { Millis } from '../base/time.ts';
import type { ChunkShape, PieceHasher } from '../driver/ports.ts';
import type { InfoHash, PieceIndex } from '../wire/ids.ts';
import type { Metainfo } from '../wire/metainfo.ts';
import type { Payload } from '../wire/peer-message.ts';
import type { Answers } from './answers.ts';

/** Either lengths that stand for bytes, where only time matters, or real bytes. */
export interface Content<Chunk extends Payload> {
  readonly infoHash: InfoHash;
  readonly metainfo: Metainfo;
  readonly pieceCount: number;
  readonly shape: ChunkShape<Chunk>;
  /** The true piece. */
  readonly chunk: (piece: PieceIndex) => Chunk;
  readonly pieceMatches: (chunk: Chunk, digest: Uint8Array) => boolean;
  /** Equal for equal content only. */
  readonly digest: (chunk: Chunk) => string;
  /** BLOCK_DIGEST_BYTES; equal for equal blocks. */
  readonly blockDigest: (block: Chunk) => Uint8Array;
  /** Whether these are the digests of the true blocks of the piece that has this digest in the info dictionary. */
  readonly blockDigestsMatch: (digests: Uint8Array, digest: Uint8Array) => boolean;
  readonly metadataMatches: (infoBytes: Uint8Array, infoHash: InfoHash) => boolean;
  /** As long as the block, and wrong. */
  readonly falsify: (block: Payload) => Payload;
}

/** SHA-1 of 300 MB a second, as a browser's own; in bytes per millisecond. */
const HASH_RATE = 300_000;

/** A hasher that takes its time, but never the processor's beyond what `content` does. */
export function simHasher<Chunk extends Payload>(content: Content<Chunk>, answers: Answers): PieceHasher<Chunk> {
  const duration = (bytes: Payload): Millis => bytes.byteLength / HASH_RATE;
  return {
    pieceMatches: (chunk, digest) => answers.after(duration(chunk), () => content.pieceMatches(chunk, digest)),
    digest: (chunk) => answers.after(duration(chunk), () => content.digest(chunk)),
    blockDigest: (block) => answers.after(duration(block), () => content.blockDigest(block)),
    blockDigestsMatch: (digests, digest) =>
      answers.after(duration(digests), () => content.blockDigestsMatch(digests, digest)),
    metadataMatches: (infoBytes, infoHash) =>
      answers.after(duration(infoBytes), () => content.metadataMatches(infoBytes, infoHash)),
  };
}
