/** A started piece: which of its blocks (BEP 3 “pieces” of 16 KiB) are free to ask for, asked for, or here, and who sent them. */
import { assert } from '../../base/assert.ts';
import { type Random, randomBelow } from '../../base/random.ts';
import type { Millis } from '../../base/time.ts';
import type { PeerId, PieceIndex } from '../../wire/ids.ts';
import { PARTIAL_BLOCKS_MAX } from '../../wire/limits.ts';

/** Invariant: every block is exactly one of free, asked (by one link or, in the endgame, several) and held. */
export class PartialPiece {
  readonly piece: PieceIndex;
  /** Tells this attempt at the piece from earlier and later ones. */
  readonly generation: number;
  readonly blocks: number;
  /** Only this peer is asked, so that it alone answers for the content; null: anybody. */
  readonly exclusiveTo: PeerId | null;
  /** Whom we asked for the digests of its blocks, and when it has answered, whose answer is being compared. */
  digestsFrom: { readonly peer: PeerId } | null = null;
  /** Of its blocks, once the whole piece was looked at in detail. */
  digests: readonly string[] | null = null;
  readonly #asked: Uint8Array;
  readonly #senders: (PeerId | null)[];
  #free: number;
  /** The first PARTIAL_BLOCKS_MAX blocks as bits, from the lowest: those that are free, and those that had the right digest. */
  #freeBits: number;
  #proved = 0;
  #provedAt: Millis = 0;
  #held = 0;
  /** No block before this one is free. */
  #freeFrom = 0;

  constructor(attempt: Pick<PartialPiece, 'piece' | 'generation' | 'blocks' | 'exclusiveTo'>) {
    this.piece = attempt.piece;
    this.generation = attempt.generation;
    this.blocks = attempt.blocks;
    this.exclusiveTo = attempt.exclusiveTo;
    this.#asked = new Uint8Array(this.blocks);
    this.#senders = Array.from({ length: this.blocks }, () => null);
    this.#free = this.blocks;
    this.#freeBits = this.blocks < PARTIAL_BLOCKS_MAX ? 2 ** this.blocks - 1 : 2 ** PARTIAL_BLOCKS_MAX - 1;
  }

  /** Blocks nobody was asked for. */
  get free(): number {
    return this.#free;
  }

  /** Of the first PARTIAL_BLOCKS_MAX blocks, those nobody was asked for, as bits. */
  get freeBits(): number {
    return this.#freeBits;
  }

  /** Of the first PARTIAL_BLOCKS_MAX blocks, those that had the right digest, as bits: they may be passed on. */
  get proved(): number {
    return this.#proved;
  }

  /** When the last of them was proved. */
  get provedAt(): Millis {
    return this.#provedAt;
  }

  /** Blocks that are here. */
  get held(): number {
    return this.#held;
  }

  get isWhole(): boolean {
    return this.#held === this.blocks;
  }

  isHeld(block: number): boolean {
    return this.#senders[block] !== null;
  }

  isFree(block: number): boolean {
    return this.#asked[block] === 0 && !this.isHeld(block);
  }

  /** How many links this block is asked from. */
  askedFrom(block: number): number {
    return this.#asked[block];
  }

  /** The first free block; the caller knows that there is one. */
  firstFree(): number {
    assert(this.#free > 0, 'a block is taken from a piece that has none free');
    while (!this.isFree(this.#freeFrom)) this.#freeFrom += 1;
    return this.#freeFrom;
  }

  /** One of the free blocks, by chance; the caller knows that there is one. */
  anyFree(random: Random): number {
    assert(this.#free > 0, 'a block is taken from a piece that has none free');
    let block = this.firstFree();
    for (let skipped = randomBelow(random, this.#free); skipped > 0; skipped -= 1) {
      do block += 1;
      while (!this.isFree(block));
    }
    return block;
  }

  /** A link is asked for the block. */
  ask(block: number): void {
    assert(!this.isHeld(block), 'a block that is here is asked for');
    if (this.#asked[block] === 0) this.#free -= 1;
    this.#asked[block] += 1;
    this.#noteFree(block);
  }

  /** A link that was asked will not answer any more (or just did). */
  unask(block: number): void {
    assert(this.#asked[block] > 0, 'a request ends twice');
    this.#asked[block] -= 1;
    if (!this.isFree(block)) return;
    this.#becameFree(block);
  }

  /** The block came from `sender`; its requests end by `unask`. */
  hold(block: number, sender: PeerId): void {
    assert(!this.isHeld(block), 'a block is kept twice');
    if (this.isFree(block)) this.#free -= 1;
    this.#senders[block] = sender;
    this.#held += 1;
    this.#noteFree(block);
  }

  /** The block that is here had the wrong digest: it is free again. */
  release(block: number): void {
    assert(this.isHeld(block), 'a block that is not here is released');
    this.#senders[block] = null;
    this.#held -= 1;
    if (this.isFree(block)) this.#becameFree(block);
  }

  /** The block that is here had the right digest, as we know since `now`. */
  prove(block: number, now: Millis): void {
    assert(this.isHeld(block) && block < PARTIAL_BLOCKS_MAX, 'a block that is here is proved');
    this.#proved = (this.#proved | (1 << block)) >>> 0;
    this.#provedAt = now;
  }

  isProved(block: number): boolean {
    return block < PARTIAL_BLOCKS_MAX && (this.#proved & (1 << block)) !== 0;
  }

  /** Who sent the block; null when it is not here. */
  senderOf(block: number): PeerId | null {
    return this.#senders[block];
  }

  /** Who sent each block of a whole piece. */
  senderOfEach(): PeerId[] {
    assert(this.isWhole, 'the senders of all blocks of a whole piece');
    return this.#senders.filter((sender) => sender !== null);
  }

  /** Everybody who sent a block of this piece. */
  senders(): Set<PeerId> {
    const senders = new Set<PeerId>();
    for (const sender of this.#senders) if (sender !== null) senders.add(sender);
    return senders;
  }

  #becameFree(block: number): void {
    this.#free += 1;
    this.#freeFrom = Math.min(this.#freeFrom, block);
    this.#noteFree(block);
  }

  #noteFree(block: number): void {
    if (block >= PARTIAL_BLOCKS_MAX) return;
    const bit = 1 << block;
    this.#freeBits = (this.isFree(block) ? this.#freeBits | bit : this.#freeBits & ~bit) >>> 0;
  }
}
