/** Virtual time, and the loop that moves it on: one event after the other, and between two whatever awaited the first. */
import type { Millis } from '../base/time.ts';
import { Answers, Turns } from './answers.ts';
import { EventQueue } from './event-queue.ts';

/** So many events of one moment are a loop that never ends, such as an alarm that is always due. */
const EVENTS_PER_MOMENT_MAX = 1_000_000;

export class Timeline {
  readonly queue = new EventQueue();
  readonly answers = new Answers(this.queue);
  /** Events since time last moved on. */
  #standing = 0;

  /**
   * Lets events happen until `isOver`, which is asked before each of them; then those before that moment, at places that are behind.
   * Rejects when the next event would come after `deadline`, or never, or when time stands still.
   */
  async run(isOver: () => boolean, deadline: Millis): Promise<void> {
    const { queue } = this;
    const turns = new Turns();
    try {
      // Whatever was called before the first event may have begun to await.
      await turns.giveWay();
      while (!isOver()) {
        if (!this.#step(deadline)) throw new Error(`It is not over at ${deadline} ms, after ${queue.happened} events.`);
        if (this.answers.isDue) await this.#giveWay(turns);
      }
      if (queue.lookahead > 0) await this.#catchUp(turns);
    } finally {
      turns.close();
    }
  }

  /** Those who are behind come to the latest moment. */
  async #catchUp(turns: Turns): Promise<void> {
    while (this.#step(this.queue.latest)) if (this.answers.isDue) await this.#giveWay(turns);
    this.queue.meet();
  }

  async #giveWay(turns: Turns): Promise<void> {
    this.answers.clear();
    await turns.giveWay();
  }

  /** False when there is no event until then. */
  #step(deadline: Millis): boolean {
    const before = this.queue.now();
    if (!this.queue.step(deadline)) return false;
    this.#standing = this.queue.now() === before ? this.#standing + 1 : 0;
    if (this.#standing > EVENTS_PER_MOMENT_MAX) throw new Error(`Time stands still at ${before} ms.`);
    return true;
  }
}
