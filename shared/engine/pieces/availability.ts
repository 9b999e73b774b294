/**
 * How many neighbours hold each piece, and the pieces we may still start, rarest first (BEP 3; Kurose & Ross 2.5).
 *
 * The startable pieces lie in one array, sorted by count: bucket c is the stretch from `#borders[c]` to `#borders[c + 1]`.
 * One more copy of a piece moves it across one border by one swap, whatever the size of the torrent. Neighbours that have
 * everything are one counter, since they make no piece rarer than another.
 */
import { randomBelow, type Random } from '../../base/random.ts';
import { pieceIndex, type PieceIndex } from '../../wire/ids.ts';
import type { Bitfield } from './bitfield.ts';

/** Steps along the sorted pieces before we read the neighbour's own set instead: it holds next to nothing we may start. */
const SCAN_MAX = 256;

/** Neighbours with at most this many pieces are counted one by one; for others the order is made anew when next asked for. */
const SINGLE_UPDATES_MAX = 64;

/** Numbers of copies, one after the other: up from the rarest, or down from the commonest. `to` is not one of them. */
interface Counts {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

export class Availability {
  readonly #counts: Uint16Array;
  /** Neighbours that have blocks of each piece, and not all of it. */
  readonly #parts: Uint16Array;
  readonly #order: Uint32Array;
  /** Where a piece lies in `#order`; −1 when it may not be started. */
  readonly #position: Int32Array;
  /** `#borders[c]` is where the pieces with c copies or more begin; the last entry is the number of startable pieces. */
  #borders: number[];
  #startable: number;
  #seeds = 0;
  #isSorted = true;

  /** No neighbours, and every piece startable. */
  constructor(pieceCount: number) {
    this.#counts = new Uint16Array(pieceCount);
    this.#parts = new Uint16Array(pieceCount);
    this.#order = Uint32Array.from({ length: pieceCount }, (_, piece) => piece);
    this.#position = Int32Array.from(this.#order);
    this.#startable = pieceCount;
    this.#borders = [0, pieceCount];
  }

  /** Pieces that may be started: neither verified nor in progress. */
  get startable(): number {
    return this.#startable;
  }

  isStartable(piece: PieceIndex): boolean {
    return this.#position[piece] >= 0;
  }

  /** Neighbours that hold `piece`. */
  copies(piece: PieceIndex): number {
    return this.#counts[piece] + this.#seeds;
  }

  /** Neighbours that hold `piece` or blocks of it (`ts_partial`). */
  holders(piece: PieceIndex): number {
    return this.copies(piece) + this.#parts[piece];
  }

  /** Neighbours that hold the rarest piece of all: the whole copies out there. O(pieces); for screens. */
  wholeCopies(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const count of this.#counts) least = Math.min(least, count);
    return this.#counts.length === 0 ? this.#seeds : least + this.#seeds;
  }

  /** Pieces that at least one neighbour holds. O(pieces); for screens. */
  heldPieces(): number {
    if (this.#seeds > 0) return this.#counts.length;
    let held = 0;
    for (const count of this.#counts) held += Number(count > 0);
    return held;
  }

  addSeed(): void {
    this.#seeds += 1;
  }

  removeSeed(): void {
    this.#seeds -= 1;
  }

  /** One neighbour has one more piece. */
  add(piece: PieceIndex): void {
    const count = this.#counts[piece];
    this.#counts[piece] = count + 1;
    if (!this.#isSorted || !this.isStartable(piece)) return;
    while (this.#borders.length < count + 3) this.#borders.push(this.#startable);
    this.#swap(this.#position[piece], this.#borders[count + 1] - 1);
    this.#borders[count + 1] -= 1;
  }

  /** One neighbour has one piece less. */
  remove(piece: PieceIndex): void {
    const count = this.#counts[piece];
    this.#counts[piece] = count - 1;
    if (!this.#isSorted || !this.isStartable(piece)) return;
    this.#swap(this.#position[piece], this.#borders[count]);
    this.#borders[count] += 1;
  }

  /** One neighbour more has blocks of the piece, and not all. */
  addPart(piece: PieceIndex): void {
    this.#parts[piece] += 1;
  }

  /** One neighbour less. */
  removePart(piece: PieceIndex): void {
    this.#parts[piece] -= 1;
  }

  /** A neighbour that holds these pieces came. */
  addAll(pieces: Bitfield): void {
    if (pieces.count > SINGLE_UPDATES_MAX) this.#isSorted = false;
    for (const piece of pieces.pieces()) this.add(piece);
  }

  /** A neighbour that holds these pieces left. */
  removeAll(pieces: Bitfield): void {
    if (pieces.count > SINGLE_UPDATES_MAX) this.#isSorted = false;
    for (const piece of pieces.pieces()) this.remove(piece);
  }

  /** The piece was started or is here: nobody picks it any more. */
  exclude(piece: PieceIndex): void {
    if (!this.isStartable(piece)) return;
    this.#sort();
    let hole = this.#position[piece];
    for (let count = this.#counts[piece]; count + 1 < this.#borders.length; count += 1) {
      const last = this.#borders[count + 1] - 1;
      this.#swap(hole, last);
      this.#borders[count + 1] = last;
      hole = last;
    }
    this.#position[piece] = -1;
    this.#startable -= 1;
  }

  /** The piece may be started (again). */
  include(piece: PieceIndex): void {
    if (this.isStartable(piece)) return;
    let place = this.#startable;
    this.#order[place] = piece;
    this.#position[piece] = place;
    this.#startable += 1;
    if (!this.#isSorted) return;
    // From the end to its own bucket: each one on the way moves on by one piece.
    while (this.#borders.length < this.#counts[piece] + 2) this.#borders.push(place);
    for (let count = this.#borders.length - 2; count > this.#counts[piece]; count -= 1) {
      this.#swap(place, this.#borders[count]);
      place = this.#borders[count];
      this.#borders[count + 1] += 1;
    }
    this.#borders[this.#counts[piece] + 1] += 1;
  }

  /** The rarest startable piece among those `held`, with fewer copies than `below`, ties by chance; null when there is none. */
  rarest(
    held: Bitfield,
    random: Random,
    below = Number.POSITIVE_INFINITY,
    isWanted: (piece: PieceIndex) => boolean = () => true,
  ): PieceIndex | null {
    this.#sort();
    const countEnd = Math.min(this.#borders.length - 1, below - this.#seeds);
    // Without seeds, a piece that nobody is counted for is held by nobody: begin at one copy unless `held` is everything.
    const counts = { from: held.isFull ? 0 : 1, to: countEnd, step: 1 };
    return this.#search(counts, held, random, isWanted);
  }

  /** The startable piece among those `held` with the most copies, ties by chance; null when there is none. */
  commonest(held: Bitfield, random: Random): PieceIndex | null {
    this.#sort();
    return this.#search({ from: this.#borders.length - 2, to: -1, step: -1 }, held, random, () => true);
  }

  /** Any startable piece among `held`, each as likely as the others as far as the scan reaches; null when there is none. */
  random(held: Bitfield, random: Random): PieceIndex | null {
    const turn = this.#startable > 0 ? randomBelow(random, this.#startable) : 0;
    for (let step = 0; step < Math.min(this.#startable, SCAN_MAX); step += 1) {
      const piece = pieceIndex(this.#order[(turn + step) % this.#startable]);
      if (held.has(piece)) return piece;
    }
    return this.#searchFew({ from: 0, to: this.#borders.length - 1, step: 1 }, held, random, () => true);
  }

  /** The startable piece among `held` with the lowest number; null when there is none. O(pieces). */
  first(held: Bitfield): PieceIndex | null {
    for (const piece of held.pieces()) if (this.isStartable(piece)) return piece;
    return null;
  }

  /** How many of `held` may be started. O(pieces / 8); when a neighbour tells all it has at once. */
  startableOf(held: Bitfield): number {
    if (held.isFull) return this.#startable;
    let number = 0;
    for (const piece of held.pieces()) if (this.isStartable(piece)) number += 1;
    return number;
  }

  /** A piece from the first bucket that has one, bucket by bucket. */
  #search(counts: Counts, held: Bitfield, random: Random, isWanted: (piece: PieceIndex) => boolean): PieceIndex | null {
    let steps = 0;
    for (let count = counts.from; (counts.to - count) * counts.step > 0; count += counts.step) {
      const from = this.#borders[count];
      const size = this.#borders[count + 1] - from;
      const turn = size > 0 ? randomBelow(random, size) : 0;
      for (let step = 0; step < size; step += 1) {
        const piece = pieceIndex(this.#order[from + ((turn + step) % size)]);
        if (held.has(piece) && isWanted(piece)) return piece;
        steps += 1;
        if (steps > SCAN_MAX) return this.#searchFew(counts, held, random, isWanted);
      }
    }
    return null;
  }

  /** The same by reading all of `held`. The n-th tie replaces the one before with the chance 1 / n, so each is as likely (reservoir sampling). */
  #searchFew(
    { to, step }: Counts,
    held: Bitfield,
    random: Random,
    isWanted: (piece: PieceIndex) => boolean,
  ): PieceIndex | null {
    let best: PieceIndex | null = null;
    let ties = 0;
    for (const piece of held.pieces()) {
      const count = this.#counts[piece];
      if (!this.isStartable(piece) || (to - count) * step <= 0 || !isWanted(piece)) continue;
      const better = best === null ? 1 : (this.#counts[best] - count) * step;
      if (better < 0) continue;
      ties = better > 0 ? 1 : ties + 1;
      if (randomBelow(random, ties) === 0) best = piece;
    }
    return best;
  }

  #swap(a: number, b: number): void {
    const pieceA = this.#order[a];
    const pieceB = this.#order[b];
    this.#order[a] = pieceB;
    this.#order[b] = pieceA;
    this.#position[pieceA] = b;
    this.#position[pieceB] = a;
  }

  /** Makes the order anew by counting sort, if many changes came at once. */
  #sort(): void {
    if (this.#isSorted) return;
    this.#isSorted = true;
    const pieces = this.#order.slice(0, this.#startable);
    let most = 0;
    for (const piece of pieces) most = Math.max(most, this.#counts[piece]);
    const borders = Array.from({ length: most + 2 }, () => 0);
    for (const piece of pieces) borders[this.#counts[piece] + 1] += 1;
    for (let count = 1; count < borders.length; count += 1) borders[count] += borders[count - 1];
    const next = borders.slice();
    for (const piece of pieces) {
      const at = next[this.#counts[piece]];
      next[this.#counts[piece]] += 1;
      this.#order[at] = piece;
      this.#position[piece] = at;
    }
    this.#borders = borders;
  }
}
