/**
 * Which block to ask of a neighbour that has blocks of some pieces which it has not whole (`ts_partial`), and when to ask for that
 * rather than for a whole piece: when fewer neighbours hold anything of it. What came last out of the seed is what everybody can use.
 */
import { type Random, randomBelow } from '../../base/random.ts';
import type { PieceIndex } from '../../wire/ids.ts';
import { type Choice, type PickPeer, pickPiece, type PickScene } from './piece-picker.ts';

/** One block of a piece that the neighbour has not whole. */
export interface BlockChoice {
  readonly kind: 'block';
  readonly piece: PieceIndex;
  readonly block: number;
}

/** What to ask `peer` for next, or null. `held`: of each piece that it has begun, its blocks, as bits. */
export function pickNext(
  scene: PickScene,
  peer: PickPeer,
  held: ReadonlyMap<PieceIndex, number>,
  random: Random,
): Choice | BlockChoice | null {
  const whole = pickPiece(scene, peer, random);
  if (whole !== null && !goesByRarity(scene, peer)) return whole;
  const block = held.size === 0 ? null : pickBlock(scene, held, random);
  if (whole === null || block === null) return whole ?? block;
  const piece = whole.kind === 'continue' ? whole.partial.piece : whole.piece;
  return scene.availability.holders(block.piece) < scene.availability.holders(piece) ? block : whole;
}

/**
 * Of the piece that the fewest neighbours hold or have begun, of equals a started one, ties by chance; and of its blocks any, so that
 * those who fetch the same piece have something to give each other. A piece that failed is asked for whole, of one neighbour alone
 * (`blame`). O(pieces that the neighbour told of).
 */
export function pickBlock(scene: PickScene, held: ReadonlyMap<PieceIndex, number>, random: Random): BlockChoice | null {
  let best: PieceIndex | null = null;
  let bestBlocks = 0;
  let leastRank = Number.POSITIVE_INFINITY;
  for (const [piece, blocks] of held) {
    const askable = askableBlocks(scene, piece, blocks);
    if (askable === 0) continue;
    const rank = 2 * rankOf(scene, piece) + Number(!scene.open.has(piece)) + random.uint32() / 2 ** 32;
    if (rank >= leastRank) continue;
    best = piece;
    bestBlocks = askable;
    leastRank = rank;
  }
  return best === null ? null : { kind: 'block', piece: best, block: anyBit(bestBlocks, random) };
}

/** Not where somebody waits for a run of pieces, nor for a neighbour that may never answer. */
function goesByRarity({ policies, wishes }: PickScene, { isSnubbed }: PickPeer): boolean {
  return policies.pieces === 'rarest' && wishes.first.length === 0 && !isSnubbed;
}

function rankOf({ policies, availability }: PickScene, piece: PieceIndex): number {
  switch (policies.pieces) {
    case 'rarest':
      return availability.holders(piece);
    case 'random':
      return 0;
    case 'sequential':
      return piece;
  }
}

/** Those of these blocks, as bits, that may be asked for. */
function askableBlocks(scene: PickScene, piece: PieceIndex, blocks: number): number {
  const partial = scene.open.get(piece);
  if (partial !== undefined) return partial.exclusiveTo === null ? blocks & partial.freeBits : 0;
  const mayStart = scene.mayStart && scene.availability.isStartable(piece) && !scene.blame.hasFailed(piece);
  return mayStart ? blocks : 0;
}

/** The number of one of the bits that are set. */
function anyBit(bits: number, random: Random): number {
  let rest = bits;
  for (let skipped = randomBelow(random, bitCount(bits)); skipped > 0; skipped -= 1) rest &= rest - 1;
  return 31 - Math.clz32(rest & -rest);
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
