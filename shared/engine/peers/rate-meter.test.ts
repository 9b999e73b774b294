/** Bytes per second over a sliding window. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seconds } from '../../base/time.ts';
import { RateMeter } from './rate-meter.ts';

const WINDOW = seconds(20);

test('[C2] a steady stream has its rate from the start, and keeps it', () => {
  const meter = new RateMeter(0, WINDOW);
  const rates: number[] = [];
  for (let at = 100; at <= seconds(60); at += 100) {
    meter.add(1000, at);
    if (at >= seconds(2)) rates.push(meter.rate(at));
  }
  expect(Math.min(...rates)).toBeGreaterThan(9_000);
  expect(Math.max(...rates)).toBeLessThan(11_000);
  expect(meter.total).toBe(600_000);
});

test('[C2] what came more than 20 s ago does not count', () => {
  const meter = new RateMeter(seconds(5), WINDOW);
  meter.add(100_000, seconds(6));
  expect(meter.rate(seconds(15))).toBe(10_000);
  expect(meter.rate(seconds(25))).toBeGreaterThan(0);
  expect(meter.rate(seconds(27))).toBe(0);
  expect(meter.total).toBe(100_000);
});

test('a burst right after the start is not taken for an enormous rate', () => {
  const meter = new RateMeter(0, WINDOW);
  meter.add(16_384, 1);
  expect(meter.rate(1)).toBe(16_384);
});

test('[N5] after sleep the rate begins anew, the total stays', () => {
  const meter = new RateMeter(0, WINDOW);
  meter.add(50_000, seconds(1));
  meter.restart(seconds(2));
  expect([meter.rate(seconds(2)), meter.total]).toEqual([0, 50_000]);
  meter.add(10_000, seconds(3));
  expect(meter.rate(seconds(4))).toBe(5000);
});

test('the rate is that of the window, give or take one slot, whatever comes when', () => {
  const arrivals = fc.array(fc.record({ after: fc.nat(5000), bytes: fc.nat(100_000) }), { maxLength: 60 });
  fc.assert(
    fc.property(arrivals, fc.nat(10_000_000), (list, start) => {
      const meter = new RateMeter(start, WINDOW);
      const came: { at: number; bytes: number }[] = [];
      let now = start;
      for (const { after, bytes } of list) {
        now += after;
        meter.add(bytes, now);
        came.push({ at: now, bytes });
      }
      const within = (span: number): number =>
        came.reduce((sum, { at, bytes }) => sum + (at > now - span ? bytes : 0), 0);
      const sum = (meter.rate(now) * Math.max(1000, Math.min(WINDOW, now - start))) / 1000;
      expect(sum).toBeGreaterThanOrEqual(within(WINDOW - 1000) - 1e-6);
      expect(sum).toBeLessThanOrEqual((within(WINDOW) * 20) / 19 + 1e-6);
    }),
    { seed: 5, numRuns: 300 },
  );
});
