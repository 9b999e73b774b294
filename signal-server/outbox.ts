/**
 * Lets what is said to a client in one turn of the event loop leave in one write: a peer that is called by five others in the
 * same millisecond is sent one packet and not five, and most of what a message costs is the write.
 */

/** Somebody who said something in this turn. */
export interface Speaker {
  /** Writes it. */
  readonly release: () => void;
}

export class Outbox {
  #held: Speaker[] = [];

  /** Has the speaker write at the end of this turn. To be called once in a turn. */
  hold(speaker: Speaker): void {
    if (this.#held.length === 0) setImmediate(() => this.#release());
    this.#held.push(speaker);
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    for (const speaker of held) speaker.release();
  }
}
