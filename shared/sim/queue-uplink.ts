/**
 * An uplink with one queue for all flows, first in, first out, as plain home routers have it: what the windows let go stands behind
 * all that was let go before it, so that a tab whose content fills the queue makes its own requests late. Acknowledgements
 * are no messages and pass: their wait would be a matter between the transports, not of the engine.
 *
 * There is no dropping: a segment that finds the queue full is marked, and the mark halves the sender's window as a loss would.
 */
import { present } from '../base/assert.ts';
import type { Millis } from '../base/time.ts';
import type { EventQueue } from './event-queue.ts';
import { Fifo } from './fifo.ts';
import type { Sender, Uplink } from './uplink.ts';

/** What counts as full, in bytes: a second and more on slow lines (libsimulator's queue; Gettys and Nichols 2011, "bufferbloat"). */
const QUEUE_BYTES_MAX = 200 * 1024;

interface Standing {
  readonly sender: Sender;
  readonly bytes: number;
  readonly isMarked: boolean;
}

export class QueueUplink implements Uplink {
  readonly rate: number;
  readonly isQueue = true;
  readonly #queue: EventQueue;
  readonly #standing = new Fifo<Standing>();
  #standingBytes = 0;
  /** When the line has carried everything that was put on it. */
  #freeAt: Millis = 0;
  #bytesSent = 0;

  constructor(queue: EventQueue, bytesPerSecond: number) {
    this.#queue = queue;
    this.rate = bytesPerSecond / 1000;
  }

  get bytesSent(): number {
    return this.#bytesSent;
  }

  join(sender: Sender): void {
    for (let bytes = sender.take(); bytes > 0; bytes = sender.take()) {
      this.#standing.push({ sender, bytes, isMarked: this.#standingBytes > QUEUE_BYTES_MAX });
      this.#standingBytes += bytes;
      this.spend(bytes);
      this.#queue.at(this.#freeAt, this.#end);
    }
  }

  spend(bytes: number): void {
    this.#bytesSent += bytes;
    this.#freeAt = Math.max(this.#freeAt, this.#queue.now()) + bytes / this.rate;
  }

  readonly #end = (): void => {
    const { sender, bytes, isMarked } = present(this.#standing.shift() ?? null, 'the segment on the line');
    this.#standingBytes -= bytes;
    sender.depart(bytes, isMarked);
  };
}
