/** A cap on bytes per second. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NEVER, seconds } from '../../base/time.ts';
import { BLOCK_BYTES } from '../../wire/limits.ts';
import { RateLimiter } from './rate-limiter.ts';

/** A limiter with this cap, from time 0. */
function capped(bytesPerSecond: number | null): RateLimiter {
  const limiter = new RateLimiter();
  limiter.limit(bytesPerSecond, 0);
  return limiter;
}

test('without a cap everything flows at once', () => {
  const limiter = capped(null);
  limiter.take(1e9);
  expect([limiter.isOpen(0), limiter.opensAt(0)]).toEqual([true, NEVER]);
});

test('with a cap of nothing, nothing flows, ever', () => {
  const limiter = capped(0);
  expect([limiter.isOpen(seconds(3600)), limiter.opensAt(seconds(3600))]).toEqual([false, NEVER]);
});

test('a block may be larger than what is left; the next one waits for both', () => {
  const limiter = capped(BLOCK_BYTES);
  expect(limiter.isOpen(10)).toBe(true);
  limiter.take(BLOCK_BYTES);
  expect(limiter.isOpen(10)).toBe(false);
  const at = limiter.opensAt(10);
  expect(limiter.isOpen(at - 2)).toBe(false);
  expect(limiter.isOpen(at + 1)).toBe(true);
});

test('no alarm is set for this very moment, so that nobody spins', () => {
  const limiter = capped(1000);
  expect(limiter.opensAt(0)).toBeGreaterThan(0);
});

test('whoever takes as soon as it may gets the rate, and never more than the saved burst beyond it', () => {
  const shape = fc.record({ rate: fc.integer({ min: 1000, max: 5_000_000 }), pauseMs: fc.nat(10_000) });
  fc.assert(
    fc.property(shape, ({ rate, pauseMs }) => {
      const limiter = capped(rate);
      let taken = 0;
      let now = pauseMs;
      while (now < pauseMs + seconds(100)) {
        while (limiter.isOpen(now)) {
          limiter.take(BLOCK_BYTES);
          taken += BLOCK_BYTES;
        }
        now = limiter.opensAt(now);
      }
      const burst = Math.max(BLOCK_BYTES, rate / 4) + BLOCK_BYTES;
      expect(taken).toBeGreaterThanOrEqual(rate * 100 * 0.97 - BLOCK_BYTES);
      expect(taken).toBeLessThanOrEqual(rate * 100 + burst);
    }),
    { seed: 9, numRuns: 50 },
  );
});
