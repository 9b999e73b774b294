/**
 * What goes to one socket in one turn of the event loop leaves in one write. A busy server handles hundreds of frames in a turn
 * and sends several times as many, and most of what a frame costs is the write.
 */
import type { Writable } from 'node:stream';

export class Outbox {
  readonly #held = new Set<Writable>();

  /** Holds back what is written to the stream from now on, to the end of this turn. */
  hold(stream: Writable): void {
    if (this.#held.has(stream)) return;
    if (this.#held.size === 0) setImmediate(() => this.#release());
    stream.cork();
    this.#held.add(stream);
  }

  #release(): void {
    for (const stream of this.#held) stream.uncork();
    this.#held.clear();
  }
}
