/**
 * What one neighbour asked for and has not got: a queue, first come, first served, as long as we told it (`reqq`, BEP 10); and how
 * much of it lies in the transport's send buffer.
 */
import { seconds, type Millis } from '../../base/time.ts';
import type { PieceIndex } from '../../wire/ids.ts';
import { BLOCK_BYTES, REQUEST_QUEUE_MAX } from '../../wire/limits.ts';
import type { BlockRef } from '../../wire/peer-message.ts';
import { RateMeter } from './rate-meter.ts';

/**
 * So much content is handed to the transport ahead of the wire, a block at least. What lies there can be neither cancelled nor overtaken:
 * a choke, a request of ours and a piece's last block wait behind it.
 */
const SEND_AHEAD_MS = 50;
const SEND_AHEAD_BYTES_MIN = BLOCK_BYTES;

/** Whoever is late on average is later at times: so many times as much more is handed over. */
const LATE_TIMES = 8;

export const SEND_AHEAD_BYTES_MAX = 256 * 1024;

/** What leaves is measured over this long: a line that was idle soon counts as fast again. */
const RATE_WINDOW_MS = seconds(1);

/** After so long without a block nothing of ours stands in the way any more. */
const CLEAR_AFTER_MS = seconds(2);

export class UploadQueue {
  #requests: BlockRef[] = [];
  #head = 0;
  /** Bytes handed to the transport that it has not reported as sent. */
  #inTransit = 0;
  /** When the oldest of them became the next to leave. */
  #leavesSince: Millis = 0;
  /** How long the last one took from then on. */
  #leftInMs: Millis = 0;
  readonly #rate: RateMeter;
  /** The piece that the world was last told to have ready. */
  prepared: PieceIndex | null = null;

  constructor(now: Millis) {
    this.#rate = new RateMeter(now, RATE_WINDOW_MS);
  }

  /** How many requests wait. */
  get size(): number {
    return this.#requests.length - this.#head;
  }

  /** Whether blocks lie in the transport. */
  get isSending(): boolean {
    return this.#inTransit > 0;
  }

  /** How long a message that follows a block on this link waits for it. */
  blockMs(now: Millis): Millis {
    return now - this.#leavesSince < CLEAR_AFTER_MS ? this.#leftInMs : 0;
  }

  /** Whether one more block may be handed to the transport, which we are `lateMs` late to fill again. */
  hasRoom(now: Millis, lateMs: Millis): boolean {
    const ahead = (this.#rate.rate(now) * (SEND_AHEAD_MS + LATE_TIMES * lateMs)) / 1000;
    return this.#inTransit < Math.max(SEND_AHEAD_BYTES_MIN, Math.min(SEND_AHEAD_BYTES_MAX, ahead));
  }

  /** Bytes of blocks were handed to the transport. */
  handedOver(bytes: number, now: Millis): void {
    if (!this.isSending) this.#leavesSince = now;
    this.#inTransit += bytes;
  }

  /** Bytes of blocks have left it. */
  sent(bytes: number, now: Millis): void {
    this.withdrawn(bytes);
    this.#rate.add(bytes, now);
    this.#leftInMs = now - this.#leavesSince;
    this.#leavesSince = now;
  }

  /** Bytes that were to be handed over never were: they could not be read. */
  withdrawn(bytes: number): void {
    this.#inTransit = Math.max(0, this.#inTransit - bytes);
  }

  /** Puts a request at the end; false when the queue is full or it waits already. */
  add(block: BlockRef): boolean {
    if (this.size >= REQUEST_QUEUE_MAX) return false;
    this.#requests.push(block);
    return true;
  }

  /** The oldest request, taken out; null when there is none. */
  next(): BlockRef | null {
    if (this.size === 0) return null;
    const block = this.#requests[this.#head];
    this.#head += 1;
    if (this.#head > 64 && this.#head * 2 > this.#requests.length) {
      this.#requests = this.#requests.slice(this.#head);
      this.#head = 0;
    }
    return block;
  }

  /** The request `places` behind the oldest, or the last one when there are fewer; null when there is none. */
  ahead(places: number): BlockRef | null {
    return this.size === 0 ? null : this.#requests[Math.min(this.#head + places, this.#requests.length - 1)];
  }

  /** Takes one request out; false when it does not wait (any more). */
  cancel({ piece, offset, length }: BlockRef): boolean {
    const at = this.#requests.findIndex(
      (waiting, index) =>
        index >= this.#head && waiting.piece === piece && waiting.offset === offset && waiting.length === length,
    );
    if (at < 0) return false;
    this.#requests.splice(at, 1);
    return true;
  }

  /** Takes all requests out (choke), or those for one piece. */
  clear(isCleared: (block: BlockRef) => boolean = () => true): BlockRef[] {
    const waiting = this.#requests.slice(this.#head);
    this.#requests = waiting.filter((block) => !isCleared(block));
    this.#head = 0;
    return waiting.filter(isCleared);
  }
}
