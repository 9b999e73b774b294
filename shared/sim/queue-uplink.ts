/**
 * An uplink with one queue for all flows, first in, first out, as plain home routers have it: what the windows let go stands behind
 * all that was let go before it, so that a tab whose content fills the queue makes its own requests late. Acknowledgements
 * are no messages and pass: their wait would be a matter between the transports, not of the engine.
 *
 * There is no dropping: a segment that finds the queue full is marked, and the mark halves the sender's window as a loss would.
 */
import { present } from '../base/assert.ts';
import { Fifo } from './fifo.ts';
import { Line } from './line.ts';
import type { Sender, Uplink } from './uplink.ts';

/** What counts as full, in bytes: a second and more on slow lines (libsimulator's queue; Gettys and Nichols 2011, "bufferbloat"). */
const QUEUE_BYTES_MAX = 200 * 1024;

interface Standing {
  readonly sender: Sender;
  readonly bytes: number;
  readonly isMarked: boolean;
}

export class QueueUplink extends Line implements Uplink {
  readonly isQueue = true;
  readonly #standing = new Fifo<Standing>();
  #standingBytes = 0;

  join(sender: Sender): void {
    for (let bytes = sender.take(); bytes > 0; bytes = sender.take()) {
      this.#standing.push({ sender, bytes, isMarked: this.#standingBytes > QUEUE_BYTES_MAX });
      this.#standingBytes += bytes;
      this.spend(bytes);
      this.queue.at(this.freeAt, this.#end);
    }
  }

  readonly #end = (): void => {
    const { sender, bytes, isMarked } = present(this.#standing.shift() ?? null, 'the segment on the line');
    this.#standingBytes -= bytes;
    sender.depart(bytes, isMarked);
  };
}
