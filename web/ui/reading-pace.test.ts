/** Pages are read again steadily, and after what a person does, but leave the machine to the transfer. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { pauseAfter, readInTurn } from './reading-pace.ts';

let page: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  page = new EventTarget();
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a page that is quickly drawn is read twice a second', () => {
  expect(pauseAfter(3, false)).toBe(500);
});

test('a page that takes long to draw is read less often, and every two seconds at the least', () => {
  expect(pauseAfter(20, false)).toBe(600);
  expect(pauseAfter(500, false)).toBe(2000);
});

test('a page that nobody looks at is read once a second', () => {
  expect(pauseAfter(3, true)).toBe(1000);
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

test.each(['click', 'change', 'drop', 'paste'])(
  'a %s is followed by a reading, and the next in its own time',
  async (act) => {
    const read = vi.fn<() => void>();
    const leave = readInTurn(read);
    await vi.advanceTimersByTimeAsync(300);
    page.dispatchEvent(new Event(act));
    await vi.advanceTimersByTimeAsync(49);
    expect(read).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(read).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(499);
    expect(read).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(1);
    expect(read).toHaveBeenCalledTimes(2);
    leave();
  },
);

test('what a person does where nothing is read is followed by nothing', async () => {
  const read = vi.fn<() => void>();
  readInTurn(read)();
  page.dispatchEvent(new Event('click'));
  await vi.advanceTimersByTimeAsync(500);
  expect(read).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
