/** Troubles travel as text and come back. */
import { expect, test } from 'vitest';

import { TROUBLES, readTrouble, troubleError, troubleText } from './trouble.ts';

test.each(TROUBLES)('%s comes back from its text, with and without a detail', (trouble) => {
  expect(readTrouble(troubleText(trouble))).toEqual({ trouble, detail: '' });
  expect(readTrouble(troubleError(trouble, 'a: b').message)).toEqual({ trouble, detail: 'a: b' });
});

test.each(['', 'The disk is on fire.', 'no-rooms', 'constructor'])('%o carries none', (text) => {
  expect(readTrouble(text)).toBeNull();
});
