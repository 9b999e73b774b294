/** The wire behind an uplink, whatever waits for it in what order: it carries one thing after the other at its rate. */
import type { Millis } from '../base/time.ts';
import type { EventQueue } from './event-queue.ts';

export class Line {
  /** Bytes per millisecond. */
  readonly rate: number;
  protected readonly queue: EventQueue;
  /** When the line has carried everything that was put on it. */
  protected freeAt: Millis = 0;
  #bytesSent = 0;

  constructor(queue: EventQueue, bytesPerSecond: number) {
    this.queue = queue;
    this.rate = bytesPerSecond / 1000;
  }

  /** Everything it carried, in bytes. */
  get bytesSent(): number {
    return this.#bytesSent;
  }

  /** Carries `bytes` after all that is on it. */
  spend(bytes: number): void {
    this.#bytesSent += bytes;
    this.freeAt = Math.max(this.freeAt, this.queue.now()) + bytes / this.rate;
  }
}
