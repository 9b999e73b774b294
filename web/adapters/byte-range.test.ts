/** Range headers, as players and strangers write them. */
import { expect, test } from 'vitest';

import { byteRangeOf } from './byte-range.ts';

test.each([
  ['bytes=0-', 0, 100],
  ['bytes=10-19', 10, 20],
  ['bytes=10-1000', 10, 100],
  ['bytes=-5', 95, 100],
  ['bytes=-500', 0, 100],
  [' bytes=99-99 ', 99, 100],
])('"%s" of a hundred bytes is %d to before %d', (header, start, end) => {
  expect(byteRangeOf(header, 100)).toEqual({ start, end });
});

test.each([null, '', 'bytes=-', 'bytes=5-2', 'bytes=1-2,4-5', 'items=0-1', 'bytes=x-', `bytes=${'9'.repeat(30)}-`])(
  '%j asks for everything',
  (header) => {
    expect(byteRangeOf(header, 100)).toBeNull();
  },
);

test.each([
  ['bytes=100-', 100],
  ['bytes=-0', 100],
  ['bytes=0-', 0],
])('"%s" of %d bytes cannot be satisfied', (header, length) => {
  expect(byteRangeOf(header, length)).toBe('unsatisfiable');
});
