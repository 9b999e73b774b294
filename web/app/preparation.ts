/** Chosen files while they are read and hashed: how far that is, and what comes of them. */
import { type Millis, seconds } from '../../shared/base/time.ts';
import { type SharedFiles, totalBytes } from './shared-files.ts';
import type { Described, World } from './world.ts';

/** What a screen says of it. */
export interface PreparationView {
  readonly name: string;
  /** In bytes. */
  readonly length: number;
  /** 0 … 100 with one decimal. */
  readonly percent: number;
  /** Bytes per second since the beginning; null in the first moment. */
  readonly rate: number | null;
  readonly timeLeft: Millis | null;
}

/** Before this, a speed would be a guess. */
const FIRST_MEASURE_MS = seconds(0.5);

export class Preparation {
  readonly #shared: SharedFiles;
  readonly #length: number;
  /** null after `cancel`. Rejects with an Error for a person. */
  readonly described: Promise<Described | null>;
  readonly #now: () => Millis;
  readonly #begunAt: Millis;
  readonly #abort = new AbortController();
  #doneBytes = 0;

  constructor(world: World, shared: SharedFiles) {
    this.#shared = shared;
    this.#length = totalBytes(shared.files);
    this.#now = world.now;
    this.#begunAt = world.now();
    this.described = this.#describe(world);
  }

  cancel(): void {
    this.#abort.abort();
  }

  view(): PreparationView {
    const size = this.#length;
    const spentMs = this.#now() - this.#begunAt;
    const rate = spentMs < FIRST_MEASURE_MS || this.#doneBytes === 0 ? null : (this.#doneBytes / spentMs) * 1000;
    return {
      name: this.#shared.name,
      length: size,
      percent: size === 0 ? 100 : Math.floor((this.#doneBytes / size) * 1000) / 10,
      rate,
      timeLeft: rate === null ? null : ((size - this.#doneBytes) / rate) * 1000,
    };
  }

  async #describe(world: World): Promise<Described | null> {
    const { signal } = this.#abort;
    try {
      return await world.describe(this.#shared, { signal, onProgress: (bytes) => (this.#doneBytes = bytes) });
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }
}
