/** What is done again and again, and until when. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { seconds } from '../../shared/base/time.ts';
import { repeat } from './repeat.ts';
import { testClock } from './test-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('work is done every second, for the first time after one, until its clock is stopped', () => {
  const work = vi.fn<() => void>();
  const clock = testClock();
  repeat(clock, seconds(1), work);
  vi.advanceTimersByTime(999);
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2001);
  expect(work).toHaveBeenCalledTimes(3);
  clock.stop();
  vi.advanceTimersByTime(seconds(5));
  expect(work).toHaveBeenCalledTimes(3);
});

test('work that stops its clock is not done again', () => {
  const clock = testClock();
  const work = vi.fn<() => void>(clock.stop);
  repeat(clock, seconds(1), work);
  vi.advanceTimersByTime(seconds(5));
  expect(work).toHaveBeenCalledOnce();
});
