/**
 * Promises that are kept in virtual time. The ports of the driver answer by promise, and what awaits a promise runs between
 * two events; so whoever steps the queue asks `isDue` after each event, and gives way once if something was answered.
 */
import type { Millis } from '../base/time.ts';
import type { EventQueue } from './event-queue.ts';

export class Answers {
  readonly #queue: EventQueue;
  #isDue = false;

  constructor(queue: EventQueue) {
    this.#queue = queue;
  }

  /** Whether a promise was settled since `clear`: what awaits it must run before the next event. */
  get isDue(): boolean {
    return this.#isDue;
  }

  clear(): void {
    this.#isDue = false;
  }

  /** What `answer` returns `span` from now; rejects with what it throws. */
  after<T>(span: Millis, answer: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#queue.after(span, () => {
        this.#isDue = true;
        try {
          resolve(answer());
        } catch (error) {
          reject(error);
        }
      });
    });
  }
}

/** Lets everything run that awaits a settled promise, however long its chain: a turn of the host's own event loop. */
export class Turns {
  readonly #channel = new MessageChannel();
  #resume: (() => void) | null = null;

  constructor() {
    this.#channel.port1.addEventListener('message', () => this.#resume?.());
    this.#channel.port1.start();
  }

  /** Microseconds; a `setTimeout` would take milliseconds. One at a time. */
  giveWay(): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = resolve;
      this.#channel.port2.postMessage(null);
    });
  }

  /** Frees the channel, which keeps a Node process alive. */
  close(): void {
    this.#channel.port1.close();
  }
}
