/** Caps outlive the page, and survive whatever lies in their place. */
import { beforeEach, expect, test } from 'vitest';

import { limitsMemory } from './limits-memory.ts';

const NONE = { upload: null, download: null, sparesMobileData: false };

beforeEach(() => localStorage.clear());

test('at first there are no caps', () => {
  expect(limitsMemory.recall()).toEqual(NONE);
});

test('what was remembered last is recalled', () => {
  limitsMemory.remember({ upload: 200_000, download: null, sparesMobileData: true });
  expect(limitsMemory.recall()).toEqual({ upload: 200_000, download: null, sparesMobileData: true });
  limitsMemory.remember({ upload: null, download: 1_500_000, sparesMobileData: false });
  expect(limitsMemory.recall()).toEqual({ upload: null, download: 1_500_000, sparesMobileData: false });
});

test.each([
  '',
  'rubbish',
  '7',
  'null',
  '[]',
  '{"upload":"1"}',
  '{"upload":-5,"download":0}',
  '{"upload":1e999}',
  '{"sparesMobileData":1}',
])('no caps are read from %s', (written) => {
  localStorage.setItem('tabswarm-limits', written);
  expect(limitsMemory.recall()).toEqual(NONE);
});
