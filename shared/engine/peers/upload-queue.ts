/** What one neighbour asked for and has not got: a queue, first come, first served, as long as we told it (`reqq`, BEP 10). */
import type { PieceIndex } from '../../wire/ids.ts';
import { REQUEST_QUEUE_MAX } from '../../wire/limits.ts';
import type { BlockRef } from '../../wire/peer-message.ts';

export class UploadQueue {
  #requests: BlockRef[] = [];
  #head = 0;
  /** Bytes handed to the transport that it has not reported as sent. */
  inTransit = 0;
  /** The piece that the world was last told to have ready. */
  prepared: PieceIndex | null = null;

  get size(): number {
    return this.#requests.length - this.#head;
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
