/** A cap on bytes per second, and who waits for it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NEVER } from '../../base/time.ts';
import type { LinkId } from '../swarm-io.ts';
import { RateCap } from './rate-cap.ts';

const BLOCK = 16_384;
const A = 1 as LinkId;
const B = 2 as LinkId;

/** A cap of so many bytes per second, set at time 0. */
function capOf(bytesPerSecond: number | null): RateCap {
  const cap = new RateCap();
  cap.limit(bytesPerSecond, 0);
  return cap;
}

test('without a cap everything flows, and nobody waits', () => {
  const cap = capOf(null);
  cap.take(1e9);
  expect([cap.admits(A, 0), cap.dueAt(0)]).toEqual([true, NEVER]);
});

test('over any time a cap is kept, but for a quarter of a second and a block', () => {
  const rates = fc.integer({ min: 1000, max: 10_000_000 });
  fc.assert(
    fc.property(rates, fc.array(fc.nat(2000), { maxLength: 200 }), (rate, waits) => {
      const cap = capOf(rate);
      let now = 0;
      let flowed = 0;
      for (const wait of waits) {
        now += wait;
        for (; cap.admits(A, now); flowed += BLOCK) cap.take(BLOCK);
        expect(flowed).toBeLessThanOrEqual((now * rate) / 1000 + Math.max(BLOCK, rate / 4) + BLOCK);
      }
    }),
    { seed: 31, numRuns: 200 },
  );
});

test('it opens at the moment it names', () => {
  const cap = capOf(BLOCK);
  cap.admits(A, 0);
  cap.take(BLOCK);
  const at = cap.dueAt(0);
  expect([at, cap.release(at - 2)]).toEqual([1000, []]);
  expect(cap.release(at + 1)).toEqual([A]);
});

test('who waits goes on in the order of coming, and then waits no more', () => {
  const cap = capOf(1000);
  cap.take(BLOCK);
  for (const link of [B, A, B]) cap.admits(link, 0);
  expect(cap.release(60_000)).toEqual([B, A]);
  expect(cap.dueAt(60_000)).toBe(NEVER);
});

test('with a cap of nothing there is no moment to wait for, until it is lifted', () => {
  const cap = capOf(0);
  expect([cap.admits(A, 1000), cap.dueAt(1000)]).toEqual([false, NEVER]);
  cap.limit(null, 2000);
  expect(cap.release(2000)).toEqual([A]);
});

test('what is given back may flow elsewhere', () => {
  const cap = capOf(1000);
  cap.admits(A, 1000);
  cap.take(BLOCK);
  expect(cap.admits(A, 1000)).toBe(false);
  cap.giveBack(BLOCK);
  expect(cap.admits(B, 1000)).toBe(true);
});
