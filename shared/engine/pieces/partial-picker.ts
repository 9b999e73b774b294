/**
 * Which block to ask of a neighbour that has no whole piece for us, but blocks of some (`ts_partial`): of the piece with the fewest
 * copies among the neighbours, of equals a started one, ties by chance; and of its blocks any, so that those who fetch the same piece
 * have something to give each other. O(pieces that the neighbour told of).
 */
import { type Random, randomBelow } from '../../base/random.ts';
import type { PieceIndex } from '../../wire/ids.ts';
import type { PickScene } from './piece-picker.ts';

export interface BlockChoice {
  readonly piece: PieceIndex;
  readonly block: number;
}

/** `held`: of each piece, the neighbour's blocks, as bits. A piece that failed is asked for whole, of one neighbour alone (`blame`). */
export function pickBlock(scene: PickScene, held: ReadonlyMap<PieceIndex, number>, random: Random): BlockChoice | null {
  let best: PieceIndex | null = null;
  let bestBlocks = 0;
  let leastRank = Number.POSITIVE_INFINITY;
  for (const [piece, blocks] of held) {
    const askable = askableBlocks(scene, piece, blocks);
    if (askable === 0) continue;
    const chance = random.uint32() / 2 ** 32;
    const rank = 2 * scene.availability.copies(piece) + Number(!scene.open.has(piece)) + chance;
    if (rank >= leastRank) continue;
    best = piece;
    bestBlocks = askable;
    leastRank = rank;
  }
  return best === null ? null : { piece: best, block: anyBit(bestBlocks, random) };
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
