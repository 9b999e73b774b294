/**
 * A cap on bytes per second that the person chose: a token bucket (RFC 2697 in spirit; Kurose & Ross 9.5 "leaky bucket") that lets a
 * quarter of a second through at once, and the links that wait for it, in the order in which they came.
 */
import { NEVER, type Millis } from '../../base/time.ts';
import { BLOCK_BYTES } from '../../wire/limits.ts';
import type { LinkId } from '../swarm-io.ts';

/** How much may be saved up while nothing flows. */
const BURST_MS = 250;

export class RateCap {
  /** Bytes per second; null: no cap. */
  #rate: number | null = null;
  /** Bytes that may flow now; below zero after a block that was larger than what was left. */
  #tokens = 0;
  #filledAt: Millis = 0;
  readonly #held = new Set<LinkId>();

  /** Sets the cap, from `now` on. */
  limit(bytesPerSecond: number | null, now: Millis): void {
    this.#rate = bytesPerSecond;
    this.#tokens = 0;
    this.#filledAt = now;
  }

  /** Whether nothing may flow at all. */
  get isShut(): boolean {
    return this.#rate === 0;
  }

  /** Whether `link` may go on now. What flows is told to `take`. If not, it waits, behind those that wait already. */
  admits(link: LinkId, now: Millis): boolean {
    if (this.#isOpen(now)) return true;
    this.#held.add(link);
    return false;
  }

  /** So many bytes flow; it may be more than was left. */
  take(bytes: number): void {
    if (this.#rate !== null) this.#tokens -= bytes;
  }

  /** What was taken does not flow after all. */
  giveBack(bytes: number): void {
    if (this.#rate !== null) this.#tokens += bytes;
  }

  /** When those that wait may go on; NEVER when nobody waits, or with a cap of nothing. */
  dueAt(now: Millis): Millis {
    if (this.#held.size === 0 || this.#rate === 0) return NEVER;
    if (this.#rate === null || this.#isOpen(now)) return now;
    return now + Math.max(1, Math.ceil((-this.#tokens * 1000) / this.#rate));
  }

  /** The links that wait, if they may go on; from now on they do not wait any more. */
  release(now: Millis): LinkId[] {
    if (this.#held.size === 0 || !this.#isOpen(now)) return [];
    const links = [...this.#held];
    this.#held.clear();
    return links;
  }

  #isOpen(now: Millis): boolean {
    if (this.#rate === null) return true;
    const most = Math.max(BLOCK_BYTES, (this.#rate * BURST_MS) / 1000);
    this.#tokens = Math.min(most, this.#tokens + ((now - this.#filledAt) * this.#rate) / 1000);
    this.#filledAt = now;
    return this.#tokens > 0;
  }
}
