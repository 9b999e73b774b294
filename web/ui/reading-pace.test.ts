/** Pages are read again steadily, but leave the machine to the transfer. */
import { afterEach, expect, test, vi } from 'vitest';

import { pauseAfter, readInTurn } from './reading-pace.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

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

test('a page whose turn comes late is read less often: others want the processor', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('document', { hidden: false });
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const read = vi.fn<() => void>();
  const stop = readInTurn(read);
  now.mockReturnValue(290);
  vi.advanceTimersByTime(250);
  expect(read).toHaveBeenCalledOnce();
  await Promise.resolve();
  vi.advanceTimersByTime(40 * 30 - 1);
  expect(read).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1);
  expect(read).toHaveBeenCalledTimes(2);
  stop();
});
