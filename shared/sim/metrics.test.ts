/** The bounds of the textbook, and the measures around them. */
import { expect, test } from 'vitest';
import { bounds, jain, median, rankCorrelation } from './metrics.ts';

const MB = 1_000_000;

test('the bounds are those of Kurose and Ross, 2.5', () => {
  // engine.md 7.1: us 2.5 MB/s, u 1.25, d 12.5, F 256 MB.
  const peers = Array.from({ length: 50 }, () => ({ up: 1.25 * MB, down: 12.5 * MB }));
  const { clientServer, peerToPeer } = bounds({ fileBytes: 256 * MB, seedUp: 2.5 * MB, peers });
  expect(clientServer).toBe(5_120_000);
  expect(peerToPeer / 1000).toBeCloseTo(196.9, 1);
});

test('each term can be the one that counts', () => {
  const up = { up: MB, down: 100 * MB };
  const file = { fileBytes: 10 * MB };
  expect(bounds({ ...file, seedUp: 0.1 * MB, peers: [up, up] }).peerToPeer).toBe(100_000);
  expect(bounds({ ...file, seedUp: MB, peers: [up, { up: MB, down: 0.5 * MB }] }).peerToPeer).toBe(20_000);
  expect(
    bounds({ ...file, seedUp: MB, peers: Array.from({ length: 9 }, () => ({ up: 0, down: MB })) }).peerToPeer,
  ).toBe(90_000);
});

test("Jain's index is 1 for equal shares and 1/n when one has all", () => {
  expect(jain([3, 3, 3, 3])).toBe(1);
  expect(jain([5, 0, 0, 0])).toBe(0.25);
  expect(jain([1, 2, 3])).toBeCloseTo(36 / 42, 12);
});

test('the rank correlation tells whether two things rise together', () => {
  expect(rankCorrelation([1, 2, 3], [10, 20, 90])).toBe(1);
  expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBe(-1);
  expect(rankCorrelation([1, 1, 2, 2], [1, 2, 1, 2])).toBe(0);
  expect(rankCorrelation([1, 1], [1, 2])).toBeNaN();
});

test('the median is the middle, or between the two in the middle', () => {
  expect([median([5, 1, 3]), median([4, 1, 2, 3])]).toEqual([3, 2.5]);
});
