/**
 * Pieces in memory: the blocks of started ones, whole ones on their way through the hasher to the disk, and a cache of those that are
 * served (a read from IndexedDB costs a whole piece, whatever the size of the block).
 */
import { present } from '../base/assert.ts';
import { concatBytes, equalBytes } from '../base/bytes.ts';
import type { PieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES, BLOCK_DIGEST_BYTES } from '../wire/limits.ts';
import type { Metainfo } from '../wire/metainfo.ts';
import type { Payload } from '../wire/peer-message.ts';
import type { ChunkShape, ChunkStore, PieceHasher } from './ports.ts';

/** Whole pieces kept for serving, in bytes, beside those that are not on disk yet. */
const CACHE_BYTES_MAX = 32 * 1024 * 1024;

interface PieceMemoryParts<Chunk extends Payload> {
  readonly store: ChunkStore<Chunk>;
  readonly hasher: PieceHasher<Chunk>;
  readonly shape: ChunkShape<Chunk>;
  readonly metainfo: Metainfo | null;
}

/** What a check found. */
export interface CheckedPiece {
  readonly isGood: boolean;
  /** Of its blocks; null when nobody needs them. */
  readonly digests: readonly string[] | null;
}

export class PieceMemory<Chunk extends Payload> {
  readonly #parts: PieceMemoryParts<Chunk>;
  metainfo: Metainfo | null;
  /** Blocks of started pieces, by number. */
  readonly #started = new Map<PieceIndex, Payload[]>();
  /** Whole pieces that are not on disk: nothing else has them. */
  readonly #unsaved = new Map<PieceIndex, Chunk>();
  /** Whole pieces that are on disk too, the least recently used first. */
  readonly #cache = new Map<PieceIndex, Chunk>();
  #cacheBytes = 0;
  /** Reads that are going on. */
  readonly #reads = new Map<PieceIndex, Promise<Chunk | null>>();

  constructor(parts: PieceMemoryParts<Chunk>) {
    this.#parts = parts;
    this.metainfo = parts.metainfo;
  }

  keep(piece: PieceIndex, offset: number, data: Payload): void {
    let blocks = this.#started.get(piece);
    if (blocks === undefined) this.#started.set(piece, (blocks = []));
    blocks[offset / BLOCK_BYTES] = data;
  }

  drop(piece: PieceIndex): void {
    this.#started.delete(piece);
    this.#unsaved.delete(piece);
  }

  /**
   * Joins the blocks and compares them with the piece's digest; if they are good, the piece can be served from now on. With the
   * blocks' own digests if they are not, or if it `comparesBlocks`.
   */
  async check(piece: PieceIndex, comparesBlocks: boolean): Promise<CheckedPiece> {
    const { shape, hasher } = this.#parts;
    const blocks = present(this.#started.get(piece), 'the blocks of a whole piece');
    const chunk = shape.join(blocks);
    const isGood = await this.#isGood(piece, chunk);
    const isWanted = !isGood || comparesBlocks;
    const digests = isWanted ? await Promise.all(blocks.map((block) => hasher.digest(shape.join([block])))) : null;
    if (this.#started.get(piece) !== blocks) return { isGood, digests };
    this.#started.delete(piece);
    if (isGood) this.#unsaved.set(piece, chunk);
    return { isGood, digests };
  }

  /** A block of a started piece; null when it is not here. */
  block(piece: PieceIndex, offset: number): Payload | null {
    return this.#started.get(piece)?.[offset / BLOCK_BYTES] ?? null;
  }

  /** Whether the kept block has this digest; null when it is gone. */
  async checkBlock(piece: PieceIndex, offset: number, digest: Uint8Array): Promise<boolean | null> {
    const { shape, hasher } = this.#parts;
    const block = this.block(piece, offset);
    if (block === null) return null;
    const found = await hasher.blockDigest(shape.join([block]));
    return this.block(piece, offset) === block ? equalBytes(found, digest) : null;
  }

  /** Whether these are the digests of the piece's blocks, as the info dictionary has it. */
  digestsMatch(piece: PieceIndex, digests: Uint8Array): Promise<boolean> {
    const all = present(this.metainfo?.blockDigests, 'the digests in the info dictionary');
    const digest = all.subarray(piece * BLOCK_DIGEST_BYTES, (piece + 1) * BLOCK_DIGEST_BYTES);
    return this.#parts.hasher.blockDigestsMatch(digests, digest);
  }

  /**
   * The digests of a whole piece's blocks, one after the other; null when the piece is not here, or an info dictionary that contradicts
   * itself says others: whoever passed them on would be taken for a liar.
   */
  async digests(piece: PieceIndex): Promise<Uint8Array | null> {
    const { shape, hasher } = this.#parts;
    const chunk = this.cached(piece) ?? (await this.load(piece));
    if (chunk === null) return null;
    const digests: Promise<Uint8Array>[] = [];
    for (let offset = 0; offset < chunk.byteLength; offset += BLOCK_BYTES) {
      const block = shape.slice(chunk, offset, Math.min(BLOCK_BYTES, chunk.byteLength - offset));
      digests.push(hasher.blockDigest(shape.join([block])));
    }
    const all = concatBytes(await Promise.all(digests));
    return (await this.digestsMatch(piece, all)) ? all : null;
  }

  /** Puts a checked piece on disk. What went wrong, for a person, or null. */
  async store(piece: PieceIndex): Promise<string | null> {
    const chunk = this.#unsaved.get(piece);
    if (chunk === undefined) return null;
    try {
      await this.#parts.store.put(piece, chunk);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    this.#unsaved.delete(piece);
    this.#remember(piece, chunk);
    return null;
  }

  /** The piece, if it is in memory. */
  cached(piece: PieceIndex): Chunk | null {
    const unsaved = this.#unsaved.get(piece);
    if (unsaved !== undefined) return unsaved;
    const chunk = this.#cache.get(piece);
    if (chunk === undefined) return null;
    this.#cache.delete(piece);
    this.#cache.set(piece, chunk);
    return chunk;
  }

  /** Reads the piece ahead of its use. */
  async prepare(piece: PieceIndex): Promise<void> {
    if (this.cached(piece) === null) await this.load(piece);
  }

  /** The piece from disk, checked again; null when it is not there or was damaged (and then forgotten). */
  load(piece: PieceIndex): Promise<Chunk | null> {
    let read = this.#reads.get(piece);
    if (read === undefined) {
      read = this.#read(piece).finally(() => this.#reads.delete(piece));
      this.#reads.set(piece, read);
    }
    return read;
  }

  async #read(piece: PieceIndex): Promise<Chunk | null> {
    const chunk = await this.#parts.store.get(piece);
    if (chunk === null) return null;
    if (!(await this.#isGood(piece, chunk))) {
      await this.#parts.store.remove(piece);
      return null;
    }
    this.#remember(piece, chunk);
    return chunk;
  }

  #isGood(piece: PieceIndex, chunk: Chunk): Promise<boolean> {
    const { pieceDigests } = present(this.metainfo, 'the info dictionary');
    return this.#parts.hasher.pieceMatches(chunk, pieceDigests.subarray(piece * 20, piece * 20 + 20));
  }

  #remember(piece: PieceIndex, chunk: Chunk): void {
    if (this.#cache.has(piece)) return;
    this.#cache.set(piece, chunk);
    this.#cacheBytes += chunk.byteLength;
    for (const [oldest, { byteLength }] of this.#cache) {
      if (this.#cacheBytes <= CACHE_BYTES_MAX || oldest === piece) return;
      this.#cache.delete(oldest);
      this.#cacheBytes -= byteLength;
    }
  }
}
