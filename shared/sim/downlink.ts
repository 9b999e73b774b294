/**
 * The receiving half of a host's line, shared fairly among the flows that have something waiting before it: a segment a turn,
 * as on the uplink. A segment that finds the line free is delivered in the very event of its arrival: its bytes came in
 * while they left the sender, so only what the line is slower by, or what stands before it, makes it wait.
 *
 * There is no dropping: a segment that had to wait longer than `QUEUE_MS_MAX` is marked, and the mark halves the sender's window
 * (what CoDel, RFC 8289, does with ECN). Together with windows that bound what is under way, that keeps the queue short.
 */
import { present } from '../base/assert.ts';
import type { Millis } from '../base/time.ts';
import type { Chain, Linked } from './chain.ts';
import type { EventQueue } from './event-queue.ts';
import { Fifo } from './fifo.ts';

/** A stretch of a flow's stream that travels as one. */
export interface Segment extends Linked<Segment> {
  /** Stream offset behind its last byte. */
  end: number;
  bytes: number;
  /** When it reached the receiver's line; after delivery, when the sender learns of it. */
  at: Millis;
  /** Small and alone: it passes the queue, and the window does not count it. */
  readonly isSparse: boolean;
  /** It met a loss or a long queue. */
  isMarked: boolean;
}

/** A flow, as its receiver's line sees it. */
export interface Receiver {
  /** Segments that have reached the line and wait. */
  readonly waiting: Chain<Segment>;
  /** Bytes per millisecond at which the other end sent. */
  readonly sendRate: number;
  /** The segment is through. */
  readonly deliver: (segment: Segment) => void;
}

/** The wait before a line that counts as congestion, in milliseconds: a block at 160 kB/s, or CoDel's interval. */
const QUEUE_MS_MAX = 100;

export class Downlink {
  /** Bytes per millisecond. */
  readonly #rate: number;
  readonly #queue: EventQueue;
  readonly #turns = new Fifo<Receiver>();
  /** Whose first waiting segment is on the line. */
  #current: Receiver | null = null;
  #freeAt: Millis = 0;

  constructor(queue: EventQueue, bytesPerSecond: number) {
    this.#queue = queue;
    this.#rate = bytesPerSecond / 1000;
  }

  /** `segment` has come from the other end. */
  arrive(flow: Receiver, segment: Segment): void {
    const isFirst = flow.waiting.first === null;
    if (isFirst && this.#isThrough(flow, segment)) {
      flow.deliver(segment);
      return;
    }
    flow.waiting.push(segment);
    if (!isFirst) return;
    this.#turns.push(flow);
    if (this.#current === null) this.#begin();
  }

  /** Whether the line is done with `segment` at its arrival; accounts for it if so. */
  #isThrough(flow: Receiver, segment: Segment): boolean {
    const now = this.#queue.now();
    const duration = segment.bytes / this.#rate;
    if (segment.isSparse) {
      this.#freeAt = Math.max(this.#freeAt, now) + duration;
      return true;
    }
    if (this.#current !== null || flow.sendRate > this.#rate || this.#freeAt > now - duration) return false;
    this.#freeAt = now;
    return true;
  }

  #begin(): void {
    for (let flow = this.#turns.shift(); flow !== undefined; flow = this.#turns.shift()) {
      const segment = flow.waiting.first;
      if (segment === null) continue;
      this.#current = flow;
      this.#freeAt = Math.max(this.#freeAt, segment.at - this.#headStart(flow, segment)) + segment.bytes / this.#rate;
      this.#queue.at(Math.max(this.#queue.now(), this.#freeAt), this.#end);
      return;
    }
  }

  /** How long before its arrival as a whole the segment's first byte could be on the line. */
  #headStart(flow: Receiver, segment: Segment): Millis {
    return segment.bytes / Math.max(flow.sendRate, this.#rate);
  }

  readonly #end = (): void => {
    const flow = present(this.#current, 'the flow on the line');
    this.#current = null;
    const segment = flow.waiting.shift();
    if (flow.waiting.first !== null) this.#turns.push(flow);
    this.#begin();
    // A flow that was closed meanwhile has nothing waiting any more.
    if (segment === null) return;
    if (this.#queue.now() - segment.at > QUEUE_MS_MAX) segment.isMarked = true;
    flow.deliver(segment);
  };
}
