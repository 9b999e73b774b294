/**
 * Which pieces have left us, while we are the only one that has them (super-seeding, BEP 16): a lone seed shows each neighbour
 * only pieces that it has shown nobody else, so that every piece leaves once before any leaves twice. What it uploads first is
 * what the swarm waits for: with an uplink no faster than the others', each piece sent twice delays everybody by one piece.
 */
import { shuffle, type Random } from '../../base/random.ts';
import type { PieceIndex } from '../../wire/ids.ts';
import type { LinkId } from '../swarm-io.ts';

/** Invariant: a piece is waiting, promised to one neighbour, or out. */
export class FirstCopies {
  /** Pieces nobody was shown, the next one last. */
  readonly #waiting: PieceIndex[];
  readonly #promised = new Map<LinkId, Set<PieceIndex>>();
  /** Pieces that only the neighbour has that got them from us. */
  readonly #keepers = new Map<PieceIndex, LinkId>();
  readonly #unspread = new Map<LinkId, number>();

  constructor(pieces: Iterable<PieceIndex>, random: Random) {
    this.#waiting = shuffle(random, [...pieces]);
  }

  /** Whether every piece is out. */
  get isDone(): boolean {
    if (this.#waiting.length > 0) return false;
    for (const promised of this.#promised.values()) if (promised.size > 0) return false;
    return true;
  }

  /** Pieces that this neighbour was shown and has not got. */
  promisedTo(link: LinkId): number {
    return this.#promised.get(link)?.size ?? 0;
  }

  /** A piece to show this neighbour, and nobody else; null when there is none left. `isOut`: somebody has it already. */
  promise(link: LinkId, isOut: (piece: PieceIndex) => boolean): PieceIndex | null {
    for (let piece = this.#waiting.pop(); piece !== undefined; piece = this.#waiting.pop()) {
      if (isOut(piece)) continue;
      let promised = this.#promised.get(link);
      if (promised === undefined) this.#promised.set(link, (promised = new Set()));
      promised.add(piece);
      return piece;
    }
    return null;
  }

  /** Pieces that this neighbour got from us and nobody got from it: a measure of how far behind its uplink is. */
  unspread(link: LinkId): number {
    return this.#unspread.get(link) ?? 0;
  }

  /** The neighbour has the piece. */
  arrived(link: LinkId, piece: PieceIndex): void {
    const keeper = this.#keepers.get(piece);
    if (keeper !== undefined) {
      this.#keepers.delete(piece);
      this.#unspread.set(keeper, this.unspread(keeper) - 1);
    }
    if (this.#promised.get(link)?.delete(piece) !== true) return;
    this.#keepers.set(piece, link);
    this.#unspread.set(link, this.unspread(link) + 1);
  }

  /** The neighbour left: whatever it was shown and has not got comes next. */
  takeBack(link: LinkId): void {
    for (const piece of this.#promised.get(link) ?? []) this.#waiting.push(piece);
    this.#promised.delete(link);
  }
}
