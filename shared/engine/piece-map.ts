/** What a screen may draw of every piece, one byte each. Made when it is looked at, since a large torrent has 160,000 of them. */
import { type PieceIndex, pieceIndex } from '../wire/ids.ts';
import type { SwarmState } from './swarm-state.ts';

/** The piece passed its digest. */
export const PIECE_HERE = 255;

/** Blocks of it are being fetched. */
export const PIECE_COMING = 254;

/** Any smaller value is the number of neighbours that hold it; more than this are not told apart. */
export const PIECE_COPIES_MAX = 253;

/** A byte for each piece, in order; null before the info dictionary is here. */
export function takePieceMap({ torrent }: SwarmState): Uint8Array | null {
  if (torrent === null) return null;
  const { verified, open, availability } = torrent;
  const valueOf = (piece: PieceIndex): number => {
    if (verified.has(piece)) return PIECE_HERE;
    return open.has(piece) ? PIECE_COMING : Math.min(PIECE_COPIES_MAX, availability.copies(piece));
  };
  return Uint8Array.from({ length: torrent.geometry.pieceCount }, (_, index) => valueOf(pieceIndex(index)));
}
