/** A set of piece indices, laid out as the `bitfield` message has it (BEP 3): the first piece is the highest bit. */
import { pieceIndex, type PieceIndex } from '../../wire/ids.ts';

/** Invariant: spare bits are zero, and `count` is the number of ones. */
export class Bitfield {
  readonly size: number;
  readonly #bits: Uint8Array;
  #count = 0;

  /** The empty set over pieces 0 … `size` − 1. */
  constructor(size: number) {
    this.size = size;
    this.#bits = new Uint8Array(Math.ceil(size / 8));
  }

  /** The set that a neighbour sent, or null when its length or its spare bits are wrong. */
  static fromWire(bits: Uint8Array, size: number): Bitfield | null {
    const field = new Bitfield(size);
    if (bits.byteLength !== field.#bits.byteLength) return null;
    if (size % 8 !== 0 && (bits[bits.byteLength - 1] & (0xff >> (size % 8))) !== 0) return null;
    field.#bits.set(bits);
    for (const byte of bits) field.#count += ONES[byte];
    return field;
  }

  /** How many pieces are in the set. */
  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === this.size;
  }

  has(piece: PieceIndex): boolean {
    return (this.#bits[piece >> 3] & (0x80 >> (piece & 7))) !== 0;
  }

  /** Puts `piece` in; false when it was there. */
  add(piece: PieceIndex): boolean {
    if (this.has(piece)) return false;
    this.#bits[piece >> 3] |= 0x80 >> (piece & 7);
    this.#count += 1;
    return true;
  }

  /** Takes `piece` out; false when it was not there. */
  remove(piece: PieceIndex): boolean {
    if (!this.has(piece)) return false;
    this.#bits[piece >> 3] &= ~(0x80 >> (piece & 7));
    this.#count -= 1;
    return true;
  }

  addAll(): void {
    for (let piece = 0; piece < this.size; piece += 1) this.add(pieceIndex(piece));
  }

  /** A copy of the bits for a `bitfield` message. */
  toWire(): Uint8Array {
    return this.#bits.slice();
  }

  /** How many pieces are in both sets, which are of one size. O(size / 8). */
  overlap(other: Bitfield): number {
    let both = 0;
    for (let byte = 0; byte < this.#bits.length; byte += 1) both += ONES[this.#bits[byte] & other.#bits[byte]];
    return both;
  }

  /** The pieces in the set, in order; of those from `first` to before `end`. Empty bytes cost one step. */
  *pieces(first = 0, end = this.size): Generator<PieceIndex> {
    for (let byte = first >> 3; byte * 8 < Math.min(end, this.size); byte += 1) {
      if (this.#bits[byte] === 0) continue;
      for (let index = byte * 8; index < byte * 8 + 8; index += 1) {
        if (index >= first && index < end && this.has(pieceIndex(index))) yield pieceIndex(index);
      }
    }
  }
}

/** Number of one bits in each byte. */
const ONES = Uint8Array.from({ length: 256 }, (_, byte) => {
  let ones = 0;
  for (let rest = byte; rest > 0; rest >>= 1) ones += rest & 1;
  return ones;
});
