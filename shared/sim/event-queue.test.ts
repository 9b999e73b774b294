/** The order in which a simulated world goes on. */
import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';

import { NEVER } from '../base/time.ts';
import { EventQueue } from './event-queue.ts';

test('events happen in order of time, and those of one moment in the order they were scheduled', () => {
  assert(
    property(array(integer({ min: 0, max: 20 }), { maxLength: 200 }), (times) => {
      const queue = new EventQueue();
      const seen: { time: number; index: number }[] = [];
      times.forEach((time, index) => queue.at(time, () => seen.push({ time: queue.now(), index })));
      while (queue.size > 0) queue.step();
      const expected = times
        .map((time, index) => ({ time, index }))
        .sort((a, b) => a.time - b.time || a.index - b.index);
      expect(seen).toEqual(expected);
    }),
    { seed: 1 },
  );
});

test('an event may schedule others, also for the moment it happens in', () => {
  const queue = new EventQueue();
  const seen: string[] = [];
  queue.at(5, () => {
    queue.after(0, () => seen.push('same moment'));
    queue.after(3, () => seen.push('later'));
  });
  queue.at(6, () => seen.push('between'));
  while (queue.size > 0) queue.step();
  expect(seen).toEqual(['same moment', 'between', 'later']);
  expect(queue.now()).toBe(8);
  expect(queue.happened).toBe(4);
});

test('the queue stays in order while thousands are added and taken in turns', () => {
  const queue = new EventQueue();
  let last = -1;
  let taken = 0;
  const take = (): void => {
    expect(queue.now()).toBeGreaterThanOrEqual(last);
    last = queue.now();
    taken += 1;
    if (taken < 5000) {
      queue.after((taken * 7919) % 101, take);
      if (taken % 3 === 0) queue.after((taken * 104_729) % 1009, take);
    }
  };
  queue.at(0, take);
  while (queue.size > 0) queue.step();
  expect(taken).toBeGreaterThan(5000);
  expect(queue.nextAt()).toBe(NEVER);
});

test('the past cannot be scheduled', () => {
  const queue = new EventQueue();
  queue.at(5, () => undefined);
  queue.step();
  expect(() => queue.at(4, () => undefined)).toThrow('scheduled');
  expect(() => queue.at(Number.NaN, () => undefined)).toThrow('scheduled');
});
