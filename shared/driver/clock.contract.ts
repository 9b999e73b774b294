/** What every clock must do, real or simulated. */
import { expect, test } from 'vitest';

import { NEVER } from '../base/time.ts';
import type { Clock } from './ports.ts';

export interface ClockWorld {
  readonly clock: Clock;
  /** Lets time pass until the condition holds; rejects when it never will. */
  readonly until: (condition: () => boolean) => Promise<void>;
}

/** Registers the cases. `name` begins their titles. */
export function clockContract(name: string, newWorld: () => ClockWorld): void {
  test(`${name}: time goes on, and never back`, async () => {
    const { clock, until } = newWorld();
    const seen = [clock.now()];
    const look = (): void => {
      seen.push(clock.now());
      clock.setAlarm(clock.now() + 1, look);
    };
    look();
    await until(() => seen.length > 10);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
    expect(seen.at(-1)).toBeGreaterThan(seen[0]);
  });

  test(`${name}: an alarm rings once, not before its time`, async () => {
    const { clock, until } = newWorld();
    const at = clock.now() + 20;
    const rings: number[] = [];
    clock.setAlarm(at, () => rings.push(clock.now()));
    await until(() => rings.length > 0);
    expect(rings).toHaveLength(1);
    expect(rings[0]).toBeGreaterThanOrEqual(at);
    clock.setAlarm(at + 60, () => rings.push(clock.now()));
    await until(() => rings.length > 1);
    expect(rings[1]).toBeGreaterThanOrEqual(at + 60);
  });

  test(`${name}: an alarm for a moment that is over rings, but not within the call`, async () => {
    const { clock, until } = newWorld();
    let rings = 0;
    clock.setAlarm(clock.now() - 1000, () => (rings += 1));
    expect(rings).toBe(0);
    await until(() => rings > 0);
  });

  test.each([
    ['earlier', 10],
    ['later', 60],
  ])(`${name}: a new alarm that is %s takes the place of the old one`, async (_, delay) => {
    const { clock, until } = newWorld();
    const rings: string[] = [];
    clock.setAlarm(clock.now() + 30, () => rings.push('old'));
    clock.setAlarm(clock.now() + delay, () => rings.push('new'));
    await until(() => rings.length > 0);
    expect(rings).toEqual(['new']);
  });

  test(`${name}: NEVER clears the alarm`, async () => {
    const { clock, until } = newWorld();
    const rings: string[] = [];
    const begun = clock.now();
    clock.setAlarm(begun + 10, () => rings.push('cleared'));
    clock.setAlarm(NEVER, () => rings.push('never'));
    clock.setAlarm(begun + 30, () => rings.push('set again'));
    await until(() => rings.length > 0);
    expect(rings).toEqual(['set again']);
  });

  test(`${name}: a ringing alarm may set the next one`, async () => {
    const { clock, until } = newWorld();
    let rings = 0;
    const ring = (): void => {
      rings += 1;
      if (rings < 5) clock.setAlarm(clock.now() + 2, ring);
    };
    clock.setAlarm(clock.now() + 2, ring);
    await until(() => rings >= 5);
    expect(rings).toBe(5);
  });
}
