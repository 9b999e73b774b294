/** The order in which a simulated world goes on. */
import { array, assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';

import { NEVER } from '../base/time.ts';
import { EventQueue } from './event-queue.ts';
import { placeOfHost, WORLD } from './place-queue.ts';

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

describe('places that hear from each other 10 ms later', () => {
  const [here, there] = [placeOfHost(0), placeOfHost(1)];

  test('each goes on for so long alone, and its own events happen in order of time', () => {
    const queue = new EventQueue();
    queue.lookahead = 10;
    const seen: string[] = [];
    for (const time of [1, 3, 9, 12]) queue.at(time, () => seen.push(`here ${time}`), here);
    for (const time of [2, 4, 11]) queue.at(time, () => seen.push(`there ${time}`), there);
    while (queue.step());
    expect(seen.join(', ')).toBe('here 1, here 3, here 9, there 2, there 4, there 11, here 12');
    expect([queue.now(), queue.latest]).toEqual([12, 12]);
  });

  test('what an event schedules happens at its own place, unless it is sent to another', () => {
    const queue = new EventQueue();
    queue.lookahead = 10;
    const seen: string[] = [];
    queue.at(1, () => queue.after(12, () => seen.push('there, sent at 1'), there), here);
    queue.at(2, () => queue.after(1, () => seen.push('there, at 3')), there);
    queue.at(14, () => seen.push('there, at 14'), there);
    while (queue.step());
    expect(seen).toEqual(['there, at 3', 'there, sent at 1', 'there, at 14']);
  });

  test('nobody passes the next event of the world, which may act upon all', () => {
    const queue = new EventQueue();
    queue.lookahead = 10;
    const seen: string[] = [];
    queue.at(5, () => queue.within(there, () => queue.after(1, () => seen.push('there 6'))), WORLD);
    queue.at(1, () => seen.push('here 1'), here);
    queue.at(7, () => seen.push('here 7'), here);
    queue.at(3, () => queue.at(4, () => seen.push('world 4'), WORLD), there);
    while (queue.step());
    expect(seen).toEqual(['here 1', 'world 4', 'there 6', 'here 7']);
  });

  test('whatever they send each other, nobody ever hears of the past', () => {
    assert(
      property(array(integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 }), (seeds) => {
        const queue = new EventQueue();
        queue.lookahead = 10;
        const clocks = new Map<number, number>();
        let left = 300;
        const happen = (place: number, chance: number) => (): void => {
          expect(queue.now()).toBeGreaterThanOrEqual(clocks.get(place) ?? 0);
          clocks.set(place, queue.now());
          left -= 1;
          if (left < 0) return;
          const next = (chance * 7919 + 17) % 1009;
          const other = 2 + (next % 5);
          const span = other === place ? next % 7 : 10 + (next % 30);
          queue.after(span, happen(other, next), other);
        };
        for (const seed of seeds) queue.at(seed % 50, happen(2 + (seed % 5), seed), 2 + (seed % 5));
        while (queue.step());
        expect(queue.size).toBe(0);
      }),
      { seed: 1 },
    );
  });
});
