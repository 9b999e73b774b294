/** The token bucket: bursts, refills, and never more than was granted. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { RateLimit } from './rate-limit.ts';

test('a burst is allowed at once, the next only when time has passed', () => {
  const limit = new RateLimit({ burst: 3, perSecond: 2 }, 0);
  expect([0, 0, 0, 0].map((now) => limit.take(now))).toEqual([true, true, true, false]);
  expect(limit.take(400)).toBe(false);
  expect(limit.take(500)).toBe(true);
});

test('a part of what is wanted is granted when not all is there, in whole numbers', () => {
  const limit = new RateLimit({ burst: 5, perSecond: 1 }, 0);
  expect(limit.takeUpTo(3, 0)).toBe(3);
  expect(limit.takeUpTo(4, 0)).toBe(2);
  expect(limit.takeUpTo(4, 1500)).toBe(1);
  expect(limit.takeUpTo(0, 1500)).toBe(0);
});

test('[T12] in any time, no more is granted than burst and rate allow', () => {
  const ask = fc.record({ wanted: fc.nat(10), pauseMs: fc.integer({ min: -100, max: 3000 }) });
  fc.assert(
    fc.property(fc.array(ask), (asks) => {
      const limit = new RateLimit({ burst: 8, perSecond: 3 }, 0);
      let now = 0;
      let latest = 0;
      let granted = 0;
      for (const { wanted, pauseMs } of asks) {
        now += pauseMs;
        latest = Math.max(latest, now);
        granted += limit.takeUpTo(wanted, now);
        expect(granted).toBeLessThanOrEqual(8 + (latest / 1000) * 3);
      }
    }),
    { seed: 3 },
  );
});
