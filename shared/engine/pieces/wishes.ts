/** What the person wants of a torrent: which pieces at all, and what of them before all else. */
import type { PieceRange } from '../../wire/file-layout.ts';
import { type PieceIndex, pieceIndex } from '../../wire/ids.ts';
import { Bitfield } from './bitfield.ts';

export interface Wishes {
  /** These runs of pieces are fetched, and no others. Runs may overlap. */
  readonly wanted: readonly PieceRange[];
  /** These come before the others, run after run; what is not wanted is no part of them. */
  readonly first: readonly FirstRun[];
}

/** Pieces that are waited for. */
export interface FirstRun extends PieceRange {
  /** One after the other, since somebody watches; otherwise the rarest of the next ones. */
  readonly isInTurn: boolean;
}

/** Runs that are looked at for each request; those after them have to wait until these are here. */
export const FIRST_RUNS_MAX = 16;

/**
 * Invariant: `lacking` is what is wanted and did not pass its digest. Everything is wanted until the person says otherwise.
 */
export class WishedPieces {
  readonly wanted: Bitfield;
  readonly lacking: Bitfield;
  /** Of the runs to come first, those of which something is lacking. */
  #first: readonly FirstRun[] = [];

  constructor(pieceCount: number) {
    this.wanted = new Bitfield(pieceCount);
    this.wanted.addAll();
    this.lacking = new Bitfield(pieceCount);
    this.lacking.addAll();
  }

  get first(): readonly FirstRun[] {
    return this.#first;
  }

  /** Some pieces are wanted before others, or some are not wanted at all. */
  get isChoosy(): boolean {
    return this.#first.length > 0 || this.wanted.count < this.wanted.size;
  }

  /** The piece is here; whether it was lacking. */
  came(piece: PieceIndex): boolean {
    return this.lacking.remove(piece);
  }

  /** The piece is here no more; whether it is lacking now. */
  went(piece: PieceIndex): boolean {
    return this.wanted.has(piece) && this.lacking.add(piece);
  }

  /** Wants other pieces. Those for which that is new, wanted or not; the caller says which are here. */
  change({ wanted, first }: Wishes, verified: Bitfield): PieceIndex[] {
    const next = new Bitfield(this.wanted.size);
    for (const range of wanted) for (const piece of piecesIn(range, next.size)) next.add(piece);
    const changed: PieceIndex[] = [];
    for (let index = 0; index < next.size; index += 1) {
      const piece = pieceIndex(index);
      if (next.has(piece) === this.wanted.has(piece)) continue;
      changed.push(piece);
      if (next.has(piece)) this.wanted.add(piece);
      else this.wanted.remove(piece);
      if (next.has(piece) && !verified.has(piece)) this.lacking.add(piece);
      else this.lacking.remove(piece);
    }
    this.#first = first.filter((run) => this.#lacksOf(run)).slice(0, FIRST_RUNS_MAX);
    return changed;
  }

  #lacksOf({ first, end }: PieceRange): boolean {
    return this.lacking.pieces(first, end).next().done !== true;
  }
}

function* piecesIn({ first, end }: PieceRange, size: number): Generator<PieceIndex> {
  for (let index = Math.max(0, first); index < Math.min(end, size); index += 1) yield pieceIndex(index);
}
