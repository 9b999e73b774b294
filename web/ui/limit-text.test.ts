/** Caps, written and read. */
import { expect, test } from 'vitest';

import { readLimit, type RateUnit, writeLimit } from './limit-text.ts';

test.each<[text: string, unit: RateUnit, bytesPerSecond: number | null | undefined]>([
  ['200', 'kilobyte', 200_000],
  ['1.5', 'megabyte', 1_500_000],
  ['1,5', 'megabyte', 1_500_000],
  [' 2 ', 'megabyte', 2_000_000],
  ['.5', 'megabyte', 500_000],
  ['', 'kilobyte', null],
  ['  ', 'megabyte', null],
  ['0', 'kilobyte', undefined],
  ['0.5', 'kilobyte', undefined],
  ['-1', 'kilobyte', undefined],
  ['1e3', 'kilobyte', undefined],
  ['1.000,5', 'kilobyte', undefined],
  ['.', 'kilobyte', undefined],
  ['much', 'kilobyte', undefined],
  ['999999999', 'megabyte', undefined],
])('"%s" %ss a second is %s bytes per second', (text, unit, bytesPerSecond) => {
  expect(readLimit({ text, unit })).toBe(bytesPerSecond);
});

test.each([null, 1000, 200_000, 999_999, 1_000_000, 1_500_000, 123_456_789])('%s is read as it was written', (rate) => {
  expect(readLimit(writeLimit(rate))).toBe(rate);
});

test('from a megabyte on, it is written in megabytes', () => {
  expect(writeLimit(1_500_000)).toEqual({ text: '1.5', unit: 'megabyte' });
  expect(writeLimit(999_000)).toEqual({ text: '999', unit: 'kilobyte' });
});
