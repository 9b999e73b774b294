/**
 * One direction of a connection: a stream of messages from one host's uplink over a distance to another's downlink, in order,
 * as fast as its congestion window and the two lines let it.
 *
 * A message is delivered when its last byte is; messages and segments are cut independently, as in a data channel. Losses
 * delay (the resent packet comes a round trip later, and everything behind it waits), they never drop.
 */
import type { Millis } from '../base/time.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import { Chain, type Linked } from './chain.ts';
import { CongestionWindow, PACKET_BYTES } from './congestion-window.ts';
import type { Downlink, Receiver, Segment } from './downlink.ts';
import type { EventQueue } from './event-queue.ts';
import { PIECE_HEADER_BYTES } from './message-size.ts';
import type { Place } from './place-queue.ts';
import type { Sender, Uplink } from './uplink.ts';

/** The most that goes in one turn of a line, in bytes: a block with its header. */
const SEGMENT_BYTES_MAX = BLOCK_BYTES + PIECE_HEADER_BYTES;

/** Content that close to the end of the send queue is reported as sent, in bytes: the browser's low watermark at 200 kB/s a link. */
const SENT_WATERMARK_BYTES = 4 * 1024;

/** A lone packet has no followers that show its loss: it is sent again after the least time-out of dcSCTP, in milliseconds. */
const RESEND_MS_MIN = 220;

/** What becomes of a flow's messages. */
export interface FlowEnds<Item> {
  /** This much content left the send queue, or nearly. */
  readonly onSent: (blockBytes: number) => void;
  readonly onItem: (item: Item) => void;
}

export interface FlowPath {
  readonly queue: EventQueue;
  readonly uplink: Uplink;
  readonly downlink: Downlink;
  /** Of the sender, and of the receiver. */
  readonly from: Place;
  readonly to: Place;
  /** One way, in milliseconds. */
  readonly latency: Millis;
  /** Whether a segment of this many packets loses one. */
  readonly losesOneOf: (packets: number) => boolean;
}

interface Entry<Item> extends Linked<Entry<Item>> {
  readonly item: Item;
  /** Stream offset behind it. */
  readonly end: number;
  readonly blockBytes: number;
}

export class Flow<Item> implements Sender, Receiver {
  readonly waiting = new Chain<Segment>();
  readonly sendRate: number;
  readonly #path: FlowPath;
  readonly #ends: FlowEnds<Item>;
  readonly #window = new CongestionWindow();
  /** Not delivered yet. */
  readonly #entries = new Chain<Entry<Item>>();
  /** The first block that is not reported as sent; what follows it is not either. */
  #unreported: Entry<Item> | null = null;
  readonly #underWay = new Chain<Segment>();
  readonly #acknowledgements = new Chain<Segment>();
  /** Stream offsets: 0 <= sent <= taken <= queued. Between sent and taken lies what is on the line, or in the queue before it. */
  #queuedEnd = 0;
  #takenEnd = 0;
  #sentEnd = 0;
  #lastArrivalAt: Millis = 0;
  /** `turns`: the uplink has it. `blocked`: the window holds it back. */
  #state: 'idle' | 'turns' | 'blocked' = 'idle';
  #isWaking = false;
  #isReporting = false;
  #isSending = true;
  #isReceiving = true;

  constructor(path: FlowPath, ends: FlowEnds<Item>) {
    this.#path = path;
    this.#ends = ends;
    this.sendRate = path.uplink.rate;
  }

  /** Browsers see their own buffer, not the queue of the router behind them. */
  get #reportableEnd(): number {
    return (this.#path.uplink.isQueue ? this.#takenEnd : this.#sentEnd) + SENT_WATERMARK_BYTES;
  }

  /** The congestion window, in bytes. */
  get windowBytes(): number {
    return this.#window.bytes;
  }

  /** Puts a message of `bytes`, of which `blockBytes` are content, behind the others. */
  send(item: Item, bytes: number, blockBytes: number): void {
    if (!this.#isSending) return;
    const isAlone = this.#sentEnd === this.#queuedEnd && !this.#path.uplink.isQueue;
    this.#queuedEnd += bytes;
    const entry = { item, end: this.#queuedEnd, blockBytes, next: null };
    this.#entries.push(entry);
    if (blockBytes > 0) this.#unreported ??= entry;
    if (isAlone && bytes <= PACKET_BYTES) this.#sendSparse(bytes);
    else if (this.#state === 'idle') {
      this.#state = 'turns';
      this.#path.uplink.join(this);
    }
    this.#reportSoon();
  }

  /** The sender is gone: what has not left never will. */
  stopSending(): void {
    this.#isSending = false;
  }

  /** The receiver is gone: nothing is delivered any more. */
  stopReceiving(): void {
    this.#isReceiving = false;
    this.waiting.clear();
  }

  take(): number {
    this.#settle();
    const queued = this.#isSending ? this.#queuedEnd - this.#takenEnd : 0;
    const wanted = Math.min(queued, SEGMENT_BYTES_MAX);
    const bytes = Math.min(wanted, Math.floor(this.#window.free));
    if (bytes < wanted) this.#window.limit(this.#takenEnd + Math.max(0, bytes));
    // Crumbs of less than a packet go only when they are all there is.
    if (wanted === 0 || bytes < Math.min(wanted, PACKET_BYTES)) {
      this.#state = wanted === 0 ? 'idle' : 'blocked';
      this.#wakeByAcknowledgement();
      return 0;
    }
    this.#takenEnd += bytes;
    this.#window.send(bytes);
    if (this.#path.uplink.isQueue) this.#reportSoon();
    return bytes;
  }

  depart(bytes: number, isMarked: boolean): void {
    this.#sentEnd += bytes;
    this.#travel(bytes, { isSparse: false, isMarked });
  }

  tell(): void {
    if (!this.#isSending) return;
    let blockBytes = 0;
    while (this.#unreported !== null && this.#unreported.end <= this.#reportableEnd) {
      blockBytes += this.#unreported.blockBytes;
      this.#unreported = this.#unreported.next;
    }
    if (blockBytes > 0) this.#ends.onSent(blockBytes);
  }

  deliver(segment: Segment): void {
    if (!this.#isReceiving) return;
    if (!segment.isSparse) {
      segment.at = this.#path.queue.now() + this.#path.latency;
      this.#acknowledgements.push(segment);
      this.#wakeByAcknowledgement();
    }
    for (let next = this.#entries.first; next !== null && next.end <= segment.end; next = this.#entries.first) {
      this.#entries.shift();
      this.#ends.onItem(next.item);
      if (!this.#isReceiving) return;
    }
  }

  /** A small message on an idle flow passes beside the turns, and beside the window. */
  #sendSparse(bytes: number): void {
    this.#path.uplink.spend(bytes);
    this.#takenEnd = this.#queuedEnd;
    this.#sentEnd = this.#queuedEnd;
    this.#travel(bytes, { isSparse: true, isMarked: false });
  }

  #travel(bytes: number, { isSparse, isMarked }: Pick<Segment, 'isSparse' | 'isMarked'>): void {
    const { queue, latency, losesOneOf, uplink } = this.#path;
    const isLost = losesOneOf(Math.ceil(bytes / PACKET_BYTES));
    const resend = isSparse ? 2 * latency + RESEND_MS_MIN : 2 * latency;
    const at = Math.max(queue.now() + latency + (isLost ? resend : 0), this.#lastArrivalAt);
    if (isLost) uplink.spend(Math.min(bytes, PACKET_BYTES));
    const previous = this.#underWay.last;
    if (isSparse && previous !== null && previous.isSparse && previous.at === at) {
      previous.end = this.#sentEnd;
      previous.bytes += bytes;
      return;
    }
    this.#lastArrivalAt = at;
    this.#underWay.push({ end: this.#sentEnd, bytes, at, isSparse, isMarked: isMarked || isLost, next: null });
    queue.at(at, this.#arrive, this.#path.to);
  }

  readonly #arrive = (): void => {
    const segment = this.#underWay.shift();
    if (segment !== null && this.#isReceiving) this.#path.downlink.arrive(this, segment);
  };

  /** Books what the sender has heard of by now. Done only when it matters: an uplink that is full hides the window. */
  #settle(): void {
    const now = this.#path.queue.now();
    const due = this.#acknowledgements;
    for (let next = due.first; next !== null && next.at <= now; next = due.first) {
      due.shift();
      if (next.isMarked) this.#window.shrink(next.end, this.#sentEnd);
      this.#window.acknowledge(next.bytes, next.end);
    }
  }

  #wakeByAcknowledgement(): void {
    const next = this.#acknowledgements.first;
    if (this.#state !== 'blocked' || this.#isWaking || next === null) return;
    this.#isWaking = true;
    this.#path.queue.at(next.at, this.#wake, this.#path.from);
  }

  readonly #wake = (): void => {
    this.#isWaking = false;
    if (this.#state !== 'blocked') return;
    this.#state = 'turns';
    this.#path.uplink.join(this);
  };

  #reportSoon(): void {
    const next = this.#unreported;
    if (this.#isReporting || next === null || next.end > this.#reportableEnd) return;
    this.#isReporting = true;
    this.#path.queue.after(0, this.#report);
  }

  readonly #report = (): void => {
    this.#isReporting = false;
    this.tell();
  };
}
