/** A peer's clock and its one alarm, on virtual time. */
import { NEVER, type Millis } from '../base/time.ts';
import type { Clock } from '../driver/ports.ts';
import type { EventQueue } from './event-queue.ts';
import type { Action } from './place-queue.ts';

/**
 * The engine moves its alarm with nearly every message, mostly to a later moment. So the event that is scheduled is left
 * where it is, and looks when it happens whether the alarm is due or has moved.
 */
export class SimClock implements Clock {
  readonly now: () => Millis;
  readonly #queue: EventQueue;
  #ring: Action | null = null;
  #alarmAt: Millis = NEVER;
  /** The earliest event that is on its way to look. */
  #looksAt: Millis = NEVER;

  constructor(queue: EventQueue) {
    this.#queue = queue;
    this.now = queue.now;
  }

  readonly setAlarm = (at: Millis, ring: Action): void => {
    this.#alarmAt = at;
    this.#ring = ring;
    this.#lookInTime();
  };

  /** The tab is gone: nothing rings any more. */
  stop(): void {
    this.#alarmAt = NEVER;
    this.#ring = null;
  }

  #lookInTime(): void {
    if (this.#alarmAt >= this.#looksAt) return;
    this.#looksAt = Math.max(this.#alarmAt, this.#queue.now());
    this.#queue.at(this.#looksAt, this.#look);
  }

  readonly #look = (): void => {
    if (this.#queue.now() >= this.#looksAt) this.#looksAt = NEVER;
    if (this.#queue.now() < this.#alarmAt) {
      this.#lookInTime();
      return;
    }
    const ring = this.#ring;
    this.stop();
    ring?.();
  };
}
