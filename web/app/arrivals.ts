/** Who waits for a piece to be stored. */
import type { PieceIndex } from '../../shared/wire/ids.ts';

export class Arrivals {
  readonly #waiting = new Map<PieceIndex, Set<() => void>>();

  /** The piece is stored. */
  came(piece: PieceIndex): void {
    for (const go of this.#waiting.get(piece) ?? []) go();
    this.#waiting.delete(piece);
  }

  /** Resolves when the piece comes; rejects with the signal's reason when it is aborted before. */
  next(piece: PieceIndex, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const waiting = this.#waiting.get(piece) ?? new Set();
      this.#waiting.set(piece, waiting.add(resolve));
      const giveUp = (): void => {
        waiting.delete(resolve);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }
}
