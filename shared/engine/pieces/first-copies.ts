/**
 * Which pieces have left us, while we are the only one that has them (super-seeding, BEP 16): a lone seed shows each neighbour
 * only pieces that it has shown nobody else, so that every piece leaves once before any leaves twice. What it uploads first is
 * what the swarm waits for: with an uplink no faster than the others', each piece sent twice delays everybody by one piece.
 */
import { MovingMean } from '../../base/moving-mean.ts';
import { shuffle, type Random } from '../../base/random.ts';
import { seconds, type Millis } from '../../base/time.ts';
import type { PieceIndex } from '../../wire/ids.ts';
import type { LinkId } from '../swarm-io.ts';
import { EXTENT_PIECES } from './piece-picker.ts';

/** A neighbour keeps a piece for itself when it takes so many times as long as others to pass one on … */
const PATIENCE_TIMES = 4;

/** … and at least so long. */
const PATIENCE_MS_MIN = seconds(3);

/** Invariant: a piece is waiting, promised to one neighbour (and then on its way to it, or kept by it), or out. */
export class FirstCopies {
  /** Pieces nobody was shown, the next one last. */
  readonly #waiting: PieceIndex[];
  /** With the bytes that we have not handed to the transport: none are left of a piece that is on its way. */
  readonly #promised = new Map<LinkId, Map<PieceIndex, number>>();
  /** Pieces that went to one neighbour and that no other has, the oldest first. */
  readonly #keepers = new Map<PieceIndex, { readonly link: LinkId; readonly since: Millis }>();
  readonly #unspread = new Map<LinkId, number>();
  /** From sending a piece to hearing that a second neighbour has it. */
  readonly #passedOnMs = new MovingMean(1 / 8);

  constructor(pieces: Iterable<PieceIndex>, random: Random) {
    this.#waiting = inExtents(pieces, random);
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

  /** A block of the piece was handed to the transport; with the last one, the neighbour is its keeper. */
  sent(link: LinkId, piece: PieceIndex, bytes: number, now: Millis): void {
    const promised = this.#promised.get(link);
    const left = promised?.get(piece);
    if (left === undefined) return;
    promised?.set(piece, left - bytes);
    if (left > bytes || left <= 0) return;
    this.#keepers.set(piece, { link, since: now });
    this.#unspread.set(link, this.unspread(link) + 1);
  }

  /** Pieces that stay where they are come next, for somebody else: their keepers may be free riders, or lie about what they have. */
  recall(now: Millis): void {
    if (this.#passedOnMs.value === null) return;
    const patience = Math.max(PATIENCE_MS_MIN, PATIENCE_TIMES * this.#passedOnMs.value);
    for (const [piece, { link, since }] of this.#keepers) {
      if (now - since < patience) return;
      this.#keepers.delete(piece);
      this.#promised.get(link)?.delete(piece);
      this.#waiting.push(piece);
    }
  }

  /** Pieces that this neighbour got from us and nobody got from it: a measure of how far behind its uplink is. */
  unspread(link: LinkId): number {
    return this.#unspread.get(link) ?? 0;
  }

  /** The neighbour has the piece. */
  arrived(link: LinkId, piece: PieceIndex, now: Millis): void {
    if (this.#promised.get(link)?.delete(piece) === true) return;
    const keeper = this.#keepers.get(piece);
    // Nobody has it from a keeper that does not say that it has it: one of the two lies.
    if (keeper === undefined || this.#promised.get(keeper.link)?.has(piece) === true) return;
    this.#keepers.delete(piece);
    this.#passedOnMs.add(now - keeper.since);
    this.#unspread.set(keeper.link, this.unspread(keeper.link) - 1);
  }

  /** The neighbour left: whatever it was shown and has not passed on comes next. */
  takeBack(link: LinkId): void {
    const pieces = new Set(this.#promised.get(link)?.keys());
    for (const [piece, keeper] of this.#keepers) if (keeper.link === link) pieces.add(piece);
    for (const piece of pieces) this.#keepers.delete(piece);
    this.#waiting.push(...pieces);
    this.#promised.delete(link);
    this.#unspread.delete(link);
  }
}

/** Extents by chance, so that seeds of the same file begin with different ones, and their pieces in turn: a lone neighbour gets them side by side. The first is last. */
function inExtents(pieces: Iterable<PieceIndex>, random: Random): PieceIndex[] {
  const extents = new Map<number, PieceIndex[]>();
  for (const piece of pieces) {
    const extent = Math.floor(piece / EXTENT_PIECES);
    extents.set(extent, [piece, ...(extents.get(extent) ?? [])]);
  }
  return shuffle(random, [...extents.values()]).flat();
}
