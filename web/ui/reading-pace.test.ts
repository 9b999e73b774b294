/** Pages are read again steadily, but leave the machine to the transfer. */
import { expect, test } from 'vitest';

import { pauseAfter } from './reading-pace.ts';

test('a page that is quickly drawn is read four times a second', () => {
  expect(pauseAfter(3, false)).toBe(250);
});

test('a page that takes long to draw is read less often, and every two seconds at the least', () => {
  expect(pauseAfter(20, false)).toBe(600);
  expect(pauseAfter(500, false)).toBe(2000);
});

test('a page that nobody looks at is read once a second', () => {
  expect(pauseAfter(3, true)).toBe(1000);
});
