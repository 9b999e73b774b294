/** A chunk store in memory, as slow, as small and as broken as a test wants it. It outlives the peer that wrote it. */
import type { Millis } from '../base/time.ts';
import type { ChunkStore } from '../driver/ports.ts';
import type { PieceIndex } from '../wire/ids.ts';
import type { Payload } from '../wire/peer-message.ts';
import type { Answers } from './answers.ts';

export interface MemoryStoreOptions {
  /** How long a piece takes to be written and to be read, in milliseconds. */
  readonly putMs: Millis;
  readonly getMs: Millis;
  /** Pieces that find room. */
  readonly capacity: number;
}

/** A fast disk without end. */
export const AMPLE_STORE: MemoryStoreOptions = { putMs: 5, getMs: 1, capacity: Number.POSITIVE_INFINITY };

export class MemoryStore<Chunk extends Payload> implements ChunkStore<Chunk> {
  readonly #answers: Answers;
  readonly #options: MemoryStoreOptions;
  readonly #chunks = new Map<PieceIndex, Chunk>();
  readonly #unreadable = new Set<PieceIndex>();

  constructor(answers: Answers, options: MemoryStoreOptions = AMPLE_STORE) {
    this.#answers = answers;
    this.#options = options;
  }

  readonly put = (piece: PieceIndex, chunk: Chunk): Promise<void> =>
    this.#answers.after(this.#options.putMs, () => {
      if (!this.#chunks.has(piece) && this.#chunks.size >= this.#options.capacity) {
        throw new Error('The storage of this device is full.');
      }
      this.#chunks.set(piece, chunk);
    });

  readonly get = (piece: PieceIndex): Promise<Chunk | null> =>
    this.#answers.after(this.#options.getMs, () =>
      this.#unreadable.has(piece) ? null : (this.#chunks.get(piece) ?? null),
    );

  readonly remove = (piece: PieceIndex): Promise<void> =>
    this.#answers.after(this.#options.putMs, () => {
      this.#chunks.delete(piece);
    });

  /** What is stored, as a tab finds it when it comes back. */
  pieces(): PieceIndex[] {
    return [...this.#chunks.keys()];
  }

  /** The piece, at once; for looking at the result. */
  peek(piece: PieceIndex): Chunk | undefined {
    return this.#chunks.get(piece);
  }

  /** Puts a piece there before the story begins. */
  preload(piece: PieceIndex, chunk: Chunk): void {
    this.#chunks.set(piece, chunk);
  }

  /** From now on this piece cannot be read. */
  spoil(piece: PieceIndex): void {
    this.#unreadable.add(piece);
  }
}
