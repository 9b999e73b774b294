/** When memory counts as short. */
import { expect, test } from 'vitest';

import { MemoryGauge } from './memory-gauge.ts';

const roomy = { residentBytes: 100, heapBytes: 50, heapBytesMax: 1000 };

test.each([
  { what: 'little of both', memory: roomy, isShort: false },
  { what: 'more than it may hold', memory: { ...roomy, residentBytes: 201 }, isShort: true },
  { what: 'a heap near its end', memory: { ...roomy, heapBytes: 851 }, isShort: true },
])('[T12] a process that uses $what is short of memory: $isShort', ({ memory, isShort }) => {
  expect(
    new MemoryGauge(
      200,
      () => 0,
      () => memory,
    ).isShort(),
  ).toBe(isShort);
});

test('memory is looked at again after half a second, not for every newcomer', () => {
  let [now, readings] = [0, 0];
  const gauge = new MemoryGauge(
    200,
    () => now,
    () => ({ ...roomy, residentBytes: 150 * (readings += 1) }),
  );
  expect([gauge.isShort(), gauge.isShort()]).toEqual([false, false]);
  now = 501;
  expect(gauge.isShort()).toBe(true);
  expect(readings).toBe(2);
});

test('this very process is not short of memory', () => {
  expect(new MemoryGauge(64 * 1024 ** 3, () => 0).isShort()).toBe(false);
});
