/** Proves the operations on byte arrays. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { bytesFromHex, concatBytes, equalBytes, hexFromBytes } from './bytes.ts';

const SEED = 20_260_108;

test('hexadecimal digits are lower case, two a byte', () => {
  expect(hexFromBytes(Uint8Array.of(0, 0x0f, 0xa0, 0xff))).toBe('000fa0ff');
  expect(bytesFromHex('000fA0ff')).toEqual(Uint8Array.of(0, 0x0f, 0xa0, 0xff));
});

test('every byte survives being spelled', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(bytesFromHex(hexFromBytes(bytes))).toEqual(bytes);
    }),
    { seed: SEED },
  );
});

test('parts are joined in order, views included, into an array of their own', () => {
  const whole = Uint8Array.of(1, 2, 3, 4);
  const joined = concatBytes([whole.subarray(2), new Uint8Array(0), whole.subarray(0, 2)]);
  whole.fill(9);
  expect(joined).toEqual(Uint8Array.of(3, 4, 1, 2));
  expect(concatBytes([])).toEqual(new Uint8Array(0));
});

test('bytes are equal when all are, and when there are as many', () => {
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(0, 1, 2).subarray(1))).toBe(true);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
  expect(equalBytes(new Uint8Array(0), new Uint8Array(0))).toBe(true);
});
