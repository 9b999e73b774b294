/** How files lie over pieces: a torrent's files are joined in their order, and the whole is cut into pieces (BEP 3). */
import { type PieceIndex, pieceIndex } from './ids.ts';

/** A run of bytes of the torrent, such as a file. */
export interface Span {
  /** Where it begins in the torrent, in bytes. */
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
}

/** Pieces `first` … `end` − 1. */
export interface PieceRange {
  readonly first: number;
  readonly end: number;
}

/** Pieces that hold a byte of the span; none for an empty one. The outer ones may hold bytes of other files as well. */
export function piecesOf({ offset, length }: Span, pieceLength: number): PieceRange {
  const first = Math.floor(offset / pieceLength);
  return { first, end: length === 0 ? first : Math.ceil((offset + length) / pieceLength) };
}

/** The bytes of one piece, `start` … `end` − 1, that belong to a span. */
export interface Cut {
  readonly piece: PieceIndex;
  readonly start: number;
  readonly end: number;
}

/** What the span has of its piece number `index`, counted from 0 in the span. */
export function cutOf(span: Span, pieceLength: number, index: number): Cut {
  const piece = Math.floor(span.offset / pieceLength) + index;
  const pieceOffset = piece * pieceLength;
  return {
    piece: pieceIndex(piece),
    start: Math.max(0, span.offset - pieceOffset),
    end: Math.min(pieceLength, span.offset + span.length - pieceOffset),
  };
}
