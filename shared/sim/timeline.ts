/** Virtual time, and the loop that moves it on: one event after the other, and between two whatever awaited the first. */
import type { Millis } from '../base/time.ts';
import { Answers, Turns } from './answers.ts';
import { EventQueue } from './event-queue.ts';

export class Timeline {
  readonly queue = new EventQueue();
  readonly answers = new Answers(this.queue);

  /**
   * Lets events happen until `isOver`, which is asked before each of them. Rejects when the next event would come after
   * `deadline`, or never.
   */
  async run(isOver: () => boolean, deadline: Millis): Promise<void> {
    const { queue, answers } = this;
    const turns = new Turns();
    try {
      // Whatever was called before the first event may have begun to await.
      await turns.giveWay();
      while (!isOver()) {
        if (queue.nextAt() > deadline)
          throw new Error(`It is not over at ${deadline} ms, after ${queue.happened} events.`);
        queue.step();
        if (!answers.isDue) continue;
        answers.clear();
        await turns.giveWay();
      }
    } finally {
      turns.close();
    }
  }
}
