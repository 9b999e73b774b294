/** When to tell the server about us, and when to try again. */
import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { NEVER, seconds } from '../base/time.ts';
import { ANNOUNCE_INTERVAL_MS } from '../wire/limits.ts';
import { Announcer, LONELY_INTERVAL_MS, RETRY_MAX_MS } from './announcer.ts';

const GONE = { reason: 'gone', retryIn: null };

/** The waits after this many failures in a row, from the shortest to the longest of many draws. */
function waitAfter(failures: number): { readonly least: number; readonly most: number } {
  const waits = Array.from({ length: 300 }, (_, seed) => {
    const announcer = new Announcer();
    const random = seededRandom(seed);
    for (let failure = 0; failure < failures; failure += 1) announcer.closed(GONE, 0, random);
    return announcer.dueAt;
  });
  return { least: Math.min(...waits), most: Math.max(...waits) };
}

test.each([
  [1, 1],
  [2, 2],
  [3, 4],
  [5, 16],
  [6, 30],
  [100, 30],
])('[N6] after failure %d the wait is %d s, spread over half of it both ways', (failures, wait) => {
  const { least, most } = waitAfter(failures);
  expect(least).toBeGreaterThanOrEqual(seconds(wait) / 2);
  expect(least).toBeLessThan(seconds(wait) * 0.55);
  expect(most).toBeGreaterThan(seconds(wait) * 1.45);
  expect(most).toBeLessThan(Math.min(seconds(wait), RETRY_MAX_MS) * 1.5);
});

test('[N6] a connection that opens ends the back-off and the trouble', () => {
  const announcer = new Announcer();
  const random = seededRandom(1);
  for (let failure = 0; failure < 8; failure += 1) announcer.closed(GONE, 0, random);
  expect([announcer.state, announcer.trouble]).toEqual(['waiting', 'gone']);
  announcer.connecting();
  expect([announcer.state, announcer.dueAt]).toEqual(['connecting', NEVER]);
  announcer.opened(0);
  expect([announcer.state, announcer.trouble]).toEqual(['open', null]);
  announcer.closed(GONE, 0, random);
  expect(announcer.dueAt).toBeLessThanOrEqual(seconds(1.5));
});

test('[S11] a server that says when to come back is called then, and after that as usual', () => {
  const announcer = new Announcer();
  const random = seededRandom(1);
  announcer.opened(0);
  announcer.closed({ reason: 'The signal server is restarting.', retryIn: 7300 }, seconds(10), random);
  expect([announcer.state, announcer.dueAt]).toEqual(['waiting', seconds(10) + 7300]);
  announcer.connecting();
  announcer.closed(GONE, seconds(20), random);
  expect(announcer.dueAt).toBeLessThanOrEqual(seconds(23));
});

test('[T1] the next announce is due when the server says, at the earliest after a second', () => {
  const announcer = new Announcer();
  announcer.opened(0);
  announcer.answered(seconds(90), false, seconds(10));
  expect(announcer.dueAt).toBe(seconds(100));
  announcer.answered(0, false, seconds(10));
  expect(announcer.dueAt).toBe(seconds(11));
});

test('[N1] a peer that lacks neighbours asks again after 15 s, or sooner if the server says so', () => {
  const announcer = new Announcer();
  announcer.opened(0);
  announcer.answered(seconds(120), true, 0);
  expect(announcer.dueAt).toBe(LONELY_INTERVAL_MS);
  announcer.answered(seconds(5), true, 0);
  expect(announcer.dueAt).toBe(seconds(5));
});

test('an announce that gets no answer is repeated after the usual interval', () => {
  const announcer = new Announcer();
  announcer.announced(seconds(1));
  expect(announcer.dueAt).toBe(seconds(1) + ANNOUNCE_INTERVAL_MS);
});

test('[S7] a refusal is remembered for the person, and the announce is repeated', () => {
  const announcer = new Announcer();
  announcer.opened(0);
  announcer.refused('This swarm is full.', 0);
  expect([announcer.state, announcer.trouble, announcer.dueAt]).toEqual([
    'open',
    'This swarm is full.',
    LONELY_INTERVAL_MS,
  ]);
  announcer.answered(seconds(60), false, 0);
  expect(announcer.trouble).toBeNull();
});

test('[N6] late words of a server that is gone change neither the state nor the wait', () => {
  const announcer = new Announcer();
  announcer.connecting();
  announcer.answered(seconds(60), true, 0);
  announcer.refused('late', 0);
  expect([announcer.state, announcer.dueAt, announcer.trouble]).toEqual(['connecting', NEVER, null]);
});
