/** The map of pieces in a few numbers and in as many cells as fit on a screen. Pure functions of the engine's bytes. */
import { PIECE_COMING, PIECE_HERE } from '../../shared/engine/piece-map.ts';

export interface PieceSummary {
  readonly count: number;
  readonly here: number;
  readonly coming: number;
  /** Of those that are neither here nor coming: with nobody who is connected, with one, and with several. */
  readonly nowhere: number;
  readonly rare: number;
  readonly common: number;
}

/** What one cell stands for. */
export type CellKind = 'here' | 'coming' | 'nowhere' | 'rare' | 'common';

/** With so few copies a piece is rare: one neighbour that leaves could take it along. */
const RARE_COPIES = 1;

export function summarizePieces(map: Uint8Array): PieceSummary {
  const summary = { count: map.length, here: 0, coming: 0, nowhere: 0, rare: 0, common: 0 };
  for (const value of map) summary[kindOf(value)] += 1;
  return summary;
}

/** At most `cellsMax` cells, each for as many pieces as the others; a cell shows the most pressing of its pieces. */
export function cellsOf(map: Uint8Array, cellsMax: number): CellKind[] {
  const perCell = Math.max(1, Math.ceil(map.length / cellsMax));
  return Array.from({ length: Math.ceil(map.length / perCell) }, (_, cell) => {
    const values = map.subarray(cell * perCell, (cell + 1) * perCell);
    if (values.includes(PIECE_COMING)) return 'coming';
    return kindOf(values.reduce((least, value) => Math.min(least, value), PIECE_HERE));
  });
}

function kindOf(value: number): CellKind {
  if (value === PIECE_HERE) return 'here';
  if (value === PIECE_COMING) return 'coming';
  if (value === 0) return 'nowhere';
  return value <= RARE_COPIES ? 'rare' : 'common';
}
