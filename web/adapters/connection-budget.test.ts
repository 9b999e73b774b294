/** An hour of churn in no time: what a tab may have and make stays within what a browser can bear. */
import { expect, test } from 'vitest';

import { randomBelow, seededRandom } from '../../shared/base/random.ts';
import { minutes, seconds } from '../../shared/base/time.ts';
import { ConnectionBudget, LIVE_MAX } from './connection-budget.ts';

/** What Chromium bears in one process (kMaxPeerConnections). */
const CONSTRUCTIONS_MAX = 500;

test.each([seconds(1), seconds(30), minutes(5)])(
  'an hour in which everybody leaves after %s ms makes fewer than 500 connections, 60 at once',
  (lifetime) => {
    let now = 0;
    const random = seededRandom(1);
    const budget = new ConnectionBudget(() => now);
    let endings: number[] = [];
    let made = 0;
    let liveMost = 0;
    for (; now < minutes(60); now += seconds(1)) {
      endings.filter((at) => at <= now).forEach(() => budget.release());
      endings = endings.filter((at) => at > now);
      while (budget.take()) {
        made += 1;
        endings.push(now + randomBelow(random, 2 * lifetime));
      }
      liveMost = Math.max(liveMost, endings.length);
    }
    expect(made).toBeLessThan(CONSTRUCTIONS_MAX);
    expect(made).toBeGreaterThan(LIVE_MAX);
    expect(liveMost).toBe(LIVE_MAX);
  },
);

test('what was saved up is bounded: a quiet hour does not allow a wilder next one', () => {
  let now = 0;
  const budget = new ConnectionBudget(() => now);
  now = minutes(600);
  let made = 0;
  for (; budget.take(); budget.release()) made += 1;
  expect(made).toBe(2 * LIVE_MAX);
});
