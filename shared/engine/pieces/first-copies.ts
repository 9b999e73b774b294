/**
 * Which pieces have left us, while we are the only one that has them (super-seeding, BEP 16): a lone seed shows each neighbour
 * only pieces that it has shown nobody else, so that every piece leaves once before any leaves twice. What it uploads first is
 * what the swarm waits for: with an uplink no faster than the others', each piece sent twice delays everybody by one piece.
 */
import { shuffle, type Random } from '../../base/random.ts';
import type { PieceIndex } from '../../wire/ids.ts';
import type { LinkId } from '../swarm-io.ts';

/** Invariant: a piece is waiting, promised to one neighbour (and then on its way to it), or out. */
export class FirstCopies {
  /** Pieces nobody was shown, the next one last. */
  readonly #waiting: PieceIndex[];
  /** With the bytes that we have not handed to the transport: none are left of a piece that is on its way. */
  readonly #promised = new Map<LinkId, Map<PieceIndex, number>>();
  /** Pieces that only the neighbour has that got them from us. */
  readonly #keepers = new Map<PieceIndex, LinkId>();
  readonly #unspread = new Map<LinkId, number>();

  constructor(pieces: Iterable<PieceIndex>, random: Random) {
    this.#waiting = shuffle(random, [...pieces]);
  }

  /** Whether every piece is out, or on its way to somebody. */
  get isDone(): boolean {
    if (this.#waiting.length > 0) return false;
    for (const link of this.#promised.keys()) if (this.unsentTo(link) > 0) return false;
    return true;
  }

  /** Pieces that this neighbour was shown and has not told that it has. */
  promisedTo(link: LinkId): number {
    return this.#promised.get(link)?.size ?? 0;
  }

  /** Of these, the pieces that are not on their way to it: its word may be long in coming when its own uplink is slow. */
  unsentTo(link: LinkId): number {
    let unsent = 0;
    for (const left of this.#promised.get(link)?.values() ?? []) if (left > 0) unsent += 1;
    return unsent;
  }

  /** A piece to show this neighbour, and nobody else; null when there is none left. `isOut`: somebody has it already. */
  promise(
    link: LinkId,
    bytesOf: (piece: PieceIndex) => number,
    isOut: (piece: PieceIndex) => boolean,
  ): PieceIndex | null {
    for (let piece = this.#waiting.pop(); piece !== undefined; piece = this.#waiting.pop()) {
      if (isOut(piece)) continue;
      let promised = this.#promised.get(link);
      if (promised === undefined) this.#promised.set(link, (promised = new Map()));
      promised.set(piece, bytesOf(piece));
      return piece;
    }
    return null;
  }

  /** A block of the piece was handed to the transport. */
  sent(link: LinkId, piece: PieceIndex, bytes: number): void {
    const promised = this.#promised.get(link);
    const left = promised?.get(piece);
    if (left !== undefined) promised?.set(piece, left - bytes);
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
    for (const piece of this.#promised.get(link)?.keys() ?? []) this.#waiting.push(piece);
    this.#promised.delete(link);
  }
}
