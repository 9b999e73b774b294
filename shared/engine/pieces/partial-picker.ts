/**
 * Which block to ask of a neighbour that has no whole piece for us, but blocks of some (`ts_partial`): of the piece with the fewest
 * copies among the neighbours, of equals a started one, ties by chance. O(pieces that the neighbour told of).
 */
import { type Random } from '../../base/random.ts';
import type { PieceIndex } from '../../wire/ids.ts';
import type { PickScene } from './piece-picker.ts';

export interface BlockChoice {
  readonly piece: PieceIndex;
  readonly block: number;
}

/** `held`: of each piece, the neighbour's blocks, as bits. A piece that failed is asked for whole, of one neighbour alone (`blame`). */
export function pickBlock(scene: PickScene, held: ReadonlyMap<PieceIndex, number>, random: Random): BlockChoice | null {
  let best: BlockChoice | null = null;
  let leastRank = Number.POSITIVE_INFINITY;
  for (const [piece, blocks] of held) {
    const block = freeBlock(scene, piece, blocks);
    if (block === null) continue;
    const chance = random.uint32() / 2 ** 32;
    const rank = 2 * scene.availability.copies(piece) + Number(!scene.open.has(piece)) + chance;
    if (rank >= leastRank) continue;
    best = { piece, block };
    leastRank = rank;
  }
  return best;
}

/** The first of these blocks that may be asked for. */
function freeBlock(scene: PickScene, piece: PieceIndex, blocks: number): number | null {
  const partial = scene.open.get(piece);
  if (partial === undefined) {
    const mayStart = scene.mayStart && scene.availability.isStartable(piece) && !scene.blame.hasFailed(piece);
    return mayStart ? lowestBit(blocks) : null;
  }
  if (partial.free === 0 || partial.exclusiveTo !== null) return null;
  const free = blocks & partial.freeBits;
  return free === 0 ? null : lowestBit(free);
}

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);
