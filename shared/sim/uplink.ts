/**
 * The sending half of a host's line; here, shared fairly among its flows (see `queue-uplink` for the other kind).
 *
 * Flows with something to send take turns, a segment of at most one block a turn (deficit round robin with one size of
 * segment: Shreedhar and Varghese, SIGCOMM 1995). A fluid model that computes max-min rates anew at each change would cost
 * more per block than everything else together, and hide the waiting of one block for another; taking turns gives the same
 * shares in the long run for one event a segment. A flow that the window holds back leaves the turns until it is let again,
 * so what it does not use goes to the others.
 *
 * A small message on an idle flow does not wait for its turn: real lines interleave packets, not blocks, and the queues of
 * home routers let sparse flows pass (fq_codel, RFC 8290, 4.2). It leaves at once, and its time on the line is added to what
 * is on the line already, so that capacity is never spent twice.
 */
import { present } from '../base/assert.ts';
import { Fifo } from './fifo.ts';
import { Line } from './line.ts';

/** What sends on an uplink. */
export interface Sender {
  /** Takes the next segment and tells its bytes; 0 when there is none to send, and then the sender waits to join again. */
  readonly take: () => number;
  /** The oldest segment that was taken has left. `isMarked`: it met a long queue. */
  readonly depart: (bytes: number, isMarked: boolean) => void;
  /** Tells others that it left: everything is in order again, and they may send. */
  readonly tell: () => void;
}

/** The sending half of a host's line. */
export interface Uplink {
  /** Bytes per millisecond. */
  readonly rate: number;
  /** Everything it carried, in bytes. */
  readonly bytesSent: number;
  /** Whether all flows wait in one queue, small messages too. */
  readonly isQueue: boolean;
  /** `sender` has something to send, and has not joined yet. */
  join(sender: Sender): void;
  /** Carries `bytes` beside the flows. */
  spend(bytes: number): void;
}

export class FairUplink extends Line implements Uplink {
  readonly isQueue = false;
  readonly #turns = new Fifo<Sender>();
  /** Whose segment is on the line. */
  #current: Sender | null = null;
  #currentBytes = 0;

  join(sender: Sender): void {
    this.#turns.push(sender);
    if (this.#current === null) this.#begin();
  }

  #begin(): void {
    for (let sender = this.#turns.shift(); sender !== undefined; sender = this.#turns.shift()) {
      const bytes = sender.take();
      if (bytes === 0) continue;
      this.#current = sender;
      this.#currentBytes = bytes;
      this.spend(bytes);
      this.queue.at(this.freeAt, this.#end);
      return;
    }
  }

  readonly #end = (): void => {
    const sender = present(this.#current, 'the sender on the line');
    this.#current = null;
    sender.depart(this.#currentBytes, false);
    this.#turns.push(sender);
    this.#begin();
    sender.tell();
  };
}
