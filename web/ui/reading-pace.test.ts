/** Pages are read again steadily, and when there is news, but leave the machine to the transfer. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { testClock } from '../app/test-clock.ts';
import { pauseAfter, readBy, readInTurn, readSoon } from './reading-pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
  readBy(testClock());
  vi.stubGlobal('document', { hidden: false });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a page that is quickly drawn is read twice a second', () => {
  expect(pauseAfter(3, false)).toBe(500);
});

test('a page that takes long to draw is read less often, and every two seconds at the least', () => {
  expect(pauseAfter(50, false)).toBe(1500);
  expect(pauseAfter(500, false)).toBe(2000);
});

test('a page that nobody looks at is read once a second, and every ten seconds at the least', () => {
  expect(pauseAfter(3, true)).toBe(1000);
  expect(pauseAfter(50, true)).toBe(5000);
  expect(pauseAfter(500, true)).toBe(10_000);
});

test('all readers have their turn together, again and again, until they leave', async () => {
  const [one, other] = [vi.fn<() => void>(), vi.fn<() => void>()];
  const [leaveOne, leaveOther] = [readInTurn(one), readInTurn(other)];
  await vi.advanceTimersByTimeAsync(1000);
  expect([one.mock.calls.length, other.mock.calls.length]).toEqual([2, 2]);
  leaveOne();
  await vi.advanceTimersByTimeAsync(500);
  expect([one.mock.calls.length, other.mock.calls.length]).toEqual([2, 3]);
  leaveOther();
  await vi.advanceTimersByTimeAsync(500);
  expect(other).toHaveBeenCalledTimes(3);
  expect(vi.getTimerCount()).toBe(0);
});

test('news is read as soon as the work in hand is done, however much of it there is, and the next reading comes in its own time', async () => {
  const read = vi.fn<() => void>();
  const leave = readInTurn(read);
  await vi.advanceTimersByTimeAsync(300);
  readSoon();
  readSoon();
  expect(read).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(0);
  expect(read).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(499);
  expect(read).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(1);
  expect(read).toHaveBeenCalledTimes(2);
  leave();
});

test('news that nobody reads is followed by nothing', async () => {
  readSoon();
  await vi.advanceTimersByTimeAsync(1000);
  expect(vi.getTimerCount()).toBe(0);
});

test('a reader that fails keeps nobody from being read again', async () => {
  const leaveFailing = readInTurn(() => {
    throw new Error('a failure of this test');
  });
  const read = vi.fn<() => void>();
  const leave = readInTurn(read);
  await expect(vi.advanceTimersByTimeAsync(500)).rejects.toThrow('a failure of this test');
  leaveFailing();
  await vi.advanceTimersByTimeAsync(500);
  expect(read).toHaveBeenCalledOnce();
  leave();
});
