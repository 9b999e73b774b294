/** Amounts are read strictly, and printed as people write them. */
import { expect, test } from 'vitest';
import { formatBytes, formatRate, parseBytes, parseRate, parseShare, parseSpan } from './units.ts';

test.each([
  ['1B', 1],
  ['32MiB', 33_554_432],
  ['113MB', 113_000_000],
  ['1.5 kB', 1500],
  ['2GiB', 2_147_483_648],
])('%s is %i bytes', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});

test.each([
  ['1MB/s', 1_000_000],
  ['256KiB/s', 262_144],
  ['8Mbit/s', 1_000_000],
  ['56kbit/s', 7000],
])('%s is %i bytes a second', (text, rate) => {
  expect(parseRate(text)).toBe(rate);
});

test.each([
  ['50ms', 50],
  ['0.3s', 300],
  ['2min', 120_000],
])('%s is %i ms', (text, span) => {
  expect(parseSpan(text)).toBe(span);
});

test.each(['', '32', 'MiB', '32mib', '32 MIB', '-1MB', '1e6B', '1MB/s', '0x10B', '1MiB ', '1,5MB', '.5MB', 'NaNB'])(
  '"%s" is no amount of bytes',
  (text) => {
    expect(parseBytes(text)).toBeNull();
  },
);

test.each(['1MB', '8mbit/s', '1MB/min', '8 Mbit', '-8Mbit/s'])('"%s" is no rate', (text) => {
  expect(parseRate(text)).toBeNull();
});

test('shares are written with or without a per cent sign, and are at most one', () => {
  expect(['0.5%', '0.005', '100%', '1', '101%', '2', '1 %', '-1%'].map(parseShare)).toEqual([
    0.005,
    0.005,
    1,
    1,
    null,
    null,
    null,
    null,
  ]);
});

test('amounts are printed in the largest unit that fits', () => {
  expect([0, 512, 262_144, 33_554_432, 1_610_612_736].map(formatBytes)).toEqual([
    '0 B',
    '512 B',
    '256 KiB',
    '32 MiB',
    '1.5 GiB',
  ]);
  expect([20_000, 1_000_000, 12_500_000].map(formatRate)).toEqual(['20 kB/s', '1 MB/s', '12.5 MB/s']);
});
