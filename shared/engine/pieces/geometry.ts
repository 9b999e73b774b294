/** How a file falls into pieces, and a piece into blocks (BEP 3). */
import { BLOCK_BYTES } from '../../wire/limits.ts';
import { pieceIndex, type PieceIndex } from '../../wire/ids.ts';
import type { BlockRef } from '../../wire/peer-message.ts';

/** The sizes everything else is counted in. */
export interface Geometry {
  /** Bytes of the whole file. */
  readonly length: number;
  /** Bytes of every piece but the last. */
  readonly pieceLength: number;
  readonly pieceCount: number;
  /** Blocks of every piece but the last. */
  readonly blocksPerPiece: number;
}

export function geometryOf(shape: { readonly length: number; readonly pieceLength: number }): Geometry {
  return {
    length: shape.length,
    pieceLength: shape.pieceLength,
    pieceCount: Math.ceil(shape.length / shape.pieceLength),
    blocksPerPiece: Math.ceil(shape.pieceLength / BLOCK_BYTES),
  };
}

/** Bytes of this piece: the last one may be shorter. */
export function pieceBytes(geometry: Geometry, piece: PieceIndex): number {
  return Math.min(geometry.pieceLength, geometry.length - piece * geometry.pieceLength);
}

/** Blocks of this piece. */
export function blockCount(geometry: Geometry, piece: PieceIndex): number {
  return Math.ceil(pieceBytes(geometry, piece) / BLOCK_BYTES);
}

/** The block with this number in its piece. */
export function blockAt(geometry: Geometry, piece: PieceIndex, block: number): BlockRef {
  const offset = block * BLOCK_BYTES;
  return { piece, offset, length: Math.min(BLOCK_BYTES, pieceBytes(geometry, piece) - offset) };
}

/** Number of a block in its torrent, from 0. */
export function blockKeyOf({ blocksPerPiece }: Geometry, piece: PieceIndex, block: number): number {
  return piece * blocksPerPiece + block;
}

/** The block that has this number. */
export function placeOf({ blocksPerPiece }: Geometry, key: number): { piece: PieceIndex; block: number } {
  return { piece: pieceIndex(Math.floor(key / blocksPerPiece)), block: key % blocksPerPiece };
}

/** Whether a piece with this number exists. */
export function isPiece(geometry: Geometry, piece: PieceIndex): boolean {
  return piece < geometry.pieceCount;
}

/** Whether these bytes lie inside one piece and are not more than one may ask for. */
export function isServable(geometry: Geometry, { piece, offset, length }: BlockRef): boolean {
  return (
    isPiece(geometry, piece) && length > 0 && length <= BLOCK_BYTES && offset + length <= pieceBytes(geometry, piece)
  );
}

/** All pieces, from the first. */
export function* allPieces(geometry: Geometry): Generator<PieceIndex> {
  for (let index = 0; index < geometry.pieceCount; index += 1) yield pieceIndex(index);
}
