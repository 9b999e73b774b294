/** The shortest round trip of late. */
import { expect, test } from 'vitest';
import { seconds } from '../../base/time.ts';
import { RoundTrips } from './round-trips.ts';

test('the shortest of late counts, whoever it was with', () => {
  const trips = new RoundTrips();
  expect(trips.shortest(seconds(1))).toBe(0);
  for (const ms of [300, 80, 120]) trips.add(ms, seconds(1));
  expect(trips.shortest(seconds(1))).toBe(80);
});

test('a short one is forgotten after four seconds at most, when only longer ones follow', () => {
  const trips = new RoundTrips();
  trips.add(10, seconds(10));
  for (let now = seconds(10.5); now <= seconds(14.5); now += 500) {
    trips.add(900, now);
    if (now < seconds(12)) expect(trips.shortest(now)).toBe(10);
  }
  expect(trips.shortest(seconds(14.5))).toBe(900);
});

test('after a pause there is none', () => {
  const trips = new RoundTrips();
  trips.add(10, seconds(10));
  expect(trips.shortest(seconds(20))).toBe(0);
});

test('no more than a second is believed', () => {
  const trips = new RoundTrips();
  trips.add(seconds(7), seconds(10));
  expect(trips.shortest(seconds(10))).toBe(seconds(1));
});
