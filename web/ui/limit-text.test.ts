/** Caps, written and read. */
import { expect, test } from 'vitest';

import { readLimit, type RateUnit, writeLimit } from './limit-text.ts';

test.each<[text: string, unit: RateUnit, bytesPerSecond: number | null | undefined]>([
  ['200', 'kB/s', 200_000],
  ['1.5', 'MB/s', 1_500_000],
  ['1,5', 'MB/s', 1_500_000],
  [' 2 ', 'MB/s', 2_000_000],
  ['.5', 'MB/s', 500_000],
  ['', 'kB/s', null],
  ['  ', 'MB/s', null],
  ['0', 'kB/s', undefined],
  ['0.5', 'kB/s', undefined],
  ['-1', 'kB/s', undefined],
  ['1e3', 'kB/s', undefined],
  ['1.000,5', 'kB/s', undefined],
  ['.', 'kB/s', undefined],
  ['much', 'kB/s', undefined],
  ['999999999', 'MB/s', undefined],
])('"%s" in %s is %s bytes per second', (text, unit, bytesPerSecond) => {
  expect(readLimit({ text, unit })).toBe(bytesPerSecond);
});

test.each([null, 1000, 200_000, 999_999, 1_000_000, 1_500_000, 123_456_789])('%s is read as it was written', (rate) => {
  expect(readLimit(writeLimit(rate))).toBe(rate);
});

test('from a megabyte on, it is written in megabytes', () => {
  expect(writeLimit(1_500_000)).toEqual({ text: '1.5', unit: 'MB/s' });
  expect(writeLimit(999_000)).toEqual({ text: '999', unit: 'kB/s' });
});
