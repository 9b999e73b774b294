/** When a machine counts as late, and when it does not. */
import { expect, test } from 'vitest';
import { Lateness } from './lateness.ts';

test('one long pause does not make a machine late; 50 ms each time do within two seconds, until it is in time again', () => {
  const lateness = new Lateness();
  const wake = (times: number, lateMs: number): boolean => {
    for (let count = 0; count < times; count += 1) lateness.woken(0, lateMs);
    return lateness.isGreat;
  };
  expect([wake(1, 60_000), wake(20, 0), wake(20, 50), wake(40, 8)]).toEqual([false, false, true, false]);
});
