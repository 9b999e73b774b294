/** When a waiting request will be answered. */
import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

/** A neighbour that answered these many milliseconds after one another. */
function paceOf(...gapsMs: readonly number[]): { pace: Pace; now: number } {
  const pace = new Pace(0);
  let now = 0;
  for (const gapMs of gapsMs) {
    now += gapMs;
    pace.answered(now);
  }
  return { pace, now };
}

test('[P5] each request takes as long as blocks of this neighbour took, after those before it', () => {
  const { pace, now } = paceOf(100, 100, 100);
  expect([pace.waitMs(1, now), pace.waitMs(4, now), pace.answerMs]).toEqual([100, 400, 100]);
});

test('[P5] the mean follows a change within a few blocks', () => {
  const { pace } = paceOf(100, 100, ...Array.from({ length: 12 }, () => 1000));
  expect(pace.answerMs).toBeGreaterThan(950);
});

test('[P5] silence makes everything later that was asked of it', () => {
  const { pace, now } = paceOf(100, 100);
  expect(pace.waitMs(2, now + 3000)).toBe(6000);
});

test('[P5] a neighbour that was asked for nothing was not silent', () => {
  const { pace, now } = paceOf(100, 100);
  pace.began(now + 60_000);
  expect(pace.waitMs(1, now + 60_050)).toBe(100);
});

test('[P5] of whom nothing is known, nothing is late yet', () => {
  expect(new Pace(0).waitMs(4, 0)).toBe(0);
});
