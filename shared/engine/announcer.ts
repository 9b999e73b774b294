/** When to tell the signal server about us, and when to try again after it is gone. */
import { randomBelow, type Random } from '../base/random.ts';
import { NEVER, seconds, type Millis } from '../base/time.ts';
import { ANNOUNCE_INTERVAL_MS } from '../wire/limits.ts';

/** First wait before a new attempt; doubles with each failure. */
export const RETRY_FIRST_MS = seconds(1);

/** Longest wait before a new attempt. */
export const RETRY_MAX_MS = seconds(30);

/** A peer with too few neighbours asks again after this long. */
export const LONELY_INTERVAL_MS = seconds(15);

export type AnnouncerState = 'idle' | 'connecting' | 'open' | 'waiting';

/** How a socket to the server ended. */
export interface SignalEnd {
  readonly reason: string;
  /** When the server wants to be called again, from now; null when it did not say. */
  readonly retryIn: Millis | null;
}

export class Announcer {
  state: AnnouncerState = 'idle';
  /** Why the server is not there, or what it refused; null when all is well. */
  trouble: string | null = null;
  /** When to announce, or to connect again; NEVER while an answer is awaited. */
  dueAt: Millis = NEVER;
  #failures = 0;
  /** Whether the server has turned out to name nobody. */
  #isBlind = false;

  connecting(): void {
    this.state = 'connecting';
    this.dueAt = NEVER;
  }

  opened(now: Millis): void {
    this.state = 'open';
    this.trouble = null;
    this.#failures = 0;
    this.dueAt = now;
  }

  /**
   * The socket is gone: wait as long as the server said, or 1, 2, 4 … 30 s, each spread over half its length, so that a
   * crowd does not return at once.
   */
  closed({ reason, retryIn }: SignalEnd, now: Millis, random: Random): void {
    const wait = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(this.#failures, 10));
    this.state = 'waiting';
    this.trouble = reason;
    this.dueAt = now + (retryIn ?? wait / 2 + randomBelow(random, wait));
    this.#failures += 1;
  }

  /** An announce went out: if no answer comes, it is repeated as if the answer had named the usual interval. */
  announced(now: Millis): void {
    this.dueAt = now + ANNOUNCE_INTERVAL_MS;
  }

  /** The server answered. Late words of a server that is gone change nothing, here and in `refused`. */
  answered(interval: Millis, isLonely: boolean, now: Millis): void {
    if (this.state !== 'open') return;
    this.trouble = null;
    const wait = Math.max(seconds(1), interval);
    this.dueAt = now + (isLonely ? Math.min(wait, LONELY_INTERVAL_MS) : wait);
  }

  /** The server names nobody: the next announce brings offers to anybody. The first time, that is at once. */
  offerToAnybody(now: Millis): void {
    if (!this.#isBlind && this.state === 'open') this.dueAt = now;
    this.#isBlind = true;
  }

  /** The server refused; the socket stays. */
  refused(reason: string, now: Millis): void {
    if (this.state !== 'open') return;
    this.trouble = reason;
    this.dueAt = now + LONELY_INTERVAL_MS;
  }

  stop(): void {
    this.state = 'idle';
    this.dueAt = NEVER;
  }
}
