/** Proves that broken invariants are loud. */
import { expect, test } from 'vitest';

import { assert, present } from './assert.ts';

test('a broken invariant throws and says which', () => {
  expect(() => assert(false, 'slots are bounded')).toThrow('Invariant broken: slots are bounded');
  expect(() => assert(true, 'slots are bounded')).not.toThrow();
});

test('what must be there is handed on, and missed loudly', () => {
  expect([present(0, 'zero'), present('', 'text'), present(false, 'no')]).toEqual([0, '', false]);
  expect(() => present(null, 'the metainfo')).toThrow('Invariant broken: the metainfo is missing');
  expect(() => present(undefined, 'the metainfo')).toThrow('the metainfo is missing');
});
