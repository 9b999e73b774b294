/** What a closing server may say about coming back. */
import { expect, test } from 'vitest';

import { readRetryText, retryText } from './signal-retry.ts';

test.each([0, 1, 250, 7300, 299_999])('[S11] %s ms survive the wire', (retryIn) => {
  expect(readRetryText(retryText(retryIn))).toBe(retryIn);
});

test('[S11] nobody waits longer than five minutes', () => {
  expect(readRetryText('retry in 86400')).toBe(300_000);
});

test.each(['', 'the server stops', 'retry in', 'retry in -1', 'retry in 1e9', 'retry in 5 s', ' retry in 5'])(
  '[S11] "%s" says nothing about it',
  (text) => {
    expect(readRetryText(text)).toBeNull();
  },
);
