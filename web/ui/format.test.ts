/** Tables of what a person reads for a number. */
import { expect, test } from 'vitest';

import { minutes, seconds } from '../../shared/base/time.ts';
import { formatAgo } from './format-ago.ts';
import {
  formatBytes,
  formatDuration,
  formatPercent,
  formatRate,
  formatRateUnit,
  formatSeconds,
  formatWholePercent,
} from './format.ts';
import { speak } from './language.ts';

const hours = (count: number): number => minutes(60 * count);

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.00 kB'],
  [262_144, '262 kB'],
  [999_499, '999 kB'],
  [999_600, '1.00 MB'],
  [12_000_000, '12.0 MB'],
  [1_234_567_890, '1.23 GB'],
  [5e15, '5,000 TB'],
])('%d bytes read "%s"', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, '0 kB/s'],
  [840_400, '840 kB/s'],
  [3_140_000, '3.1 MB/s'],
  [999_700, '1.0 MB/s'],
  [125_000_000, '125.0 MB/s'],
])('%d bytes per second read "%s"', (rate, text) => {
  expect(formatRate(rate)).toBe(text);
});

test.each([
  [0, '1 sec'],
  [seconds(9.2), '10 sec'],
  [seconds(11), '15 sec'],
  [seconds(57), '1 min'],
  [seconds(61), '1 min 10 sec'],
  [seconds(600), '10 min'],
  [seconds(601), '11 min'],
  [minutes(59.5), '1 hr'],
  [minutes(125), '2 hr 5 min'],
  [hours(23.9), '23 hr 54 min'],
  [hours(24), '1 day'],
  [hours(60), '3 days'],
])('%d ms read "%s"', (span, text) => {
  expect(formatDuration(span)).toBe(text);
});

test.each([
  [seconds(-5), 'now'],
  [seconds(59), 'now'],
  [minutes(1), '1 minute ago'],
  [hours(1.9), '1 hour ago'],
  [hours(25), 'yesterday'],
  [hours(6 * 24), '6 days ago'],
  [hours(8 * 24), 'Nov 18, 2026'],
])('what was %d ms ago reads "%s"', (span, text) => {
  const now = Date.UTC(2026, 10, 26, 12);
  expect(formatAgo(now - span, now)).toBe(text);
});

test.each([
  [seconds(4.2), '5 sec'],
  [-3, '0 sec'],
])('%d ms until an attempt read "%s"', (span, text) => {
  expect(formatSeconds(span)).toBe(text);
});

test.each([
  [0, '0%', '0%'],
  [43.26, '43.3%', '43%'],
  [99.9, '99.9%', '99%'],
  [100, '100%', '100%'],
])('%d percent reads "%s" or "%s"', (percent, fine, whole) => {
  expect([formatPercent(percent), formatWholePercent(percent)]).toEqual([fine, whole]);
});

test('the unit of a speed stands alone beside a field', () => {
  expect([formatRateUnit('kilobyte'), formatRateUnit('megabyte')]).toEqual(['kB/s', 'MB/s']);
});

test('a speed in Arabic is short in every unit', async () => {
  await speak('ar');
  expect([formatRateUnit('kilobyte'), formatRateUnit('megabyte')]).toEqual(['ك.ب/ث', 'م.ب/ث']);
  await speak('en');
});
