/** The bound for whole pieces, in cases that can be reckoned by hand. */
import { expect, test } from 'vitest';
import { bounds } from './metrics.ts';
import { lastPieceBound, pieceBound } from './piece-bound.ts';

const MB = 1_000_000;

const equals = (count: number): { up: number; down: number }[] =>
  Array.from({ length: count }, () => ({ up: MB, down: 4 * MB }));

const terms = { fileBytes: 100 * MB, seedUp: MB, pieceBytes: MB };

test('one receiver waits for the seed, and no longer', () => {
  expect(pieceBound({ ...terms, peers: equals(1) })).toBe(100_000);
});

test('the last piece goes from two holders to all, one by one', () => {
  expect(pieceBound({ ...terms, peers: equals(3) })).toBeCloseTo(100_000 + 1000 / 2 + 1000 / 3, 6);
});

test('with equal uplinks, a thousand receivers wait six and a half piece times longer', () => {
  const pieceTimes = (pieceBound({ ...terms, peers: equals(1000) }) - 100_000) / 1000;
  expect(pieceTimes).toBeCloseTo(6.485, 3);
});

test('who gives nothing does not help the last piece to spread', () => {
  const riders = equals(3).map(({ down }) => ({ up: 0, down }));
  expect(pieceBound({ ...terms, peers: riders })).toBeCloseTo(300_000, 6);
});

test('a fast seed waits for uplinks that have nothing to send yet', () => {
  // The 100 others send 10 times as much as the seed; they lack a whole piece for the first moments.
  const peers = equals(100);
  const fluid = bounds({ ...terms, seedUp: 10 * MB, peers }).peerToPeer;
  expect(pieceBound({ ...terms, seedUp: 10 * MB, peers })).toBeGreaterThan(fluid + 1000);
});

test('for some of the receivers to be complete it takes less', () => {
  expect(lastPieceBound({ ...terms, peers: equals(3) }, 2)).toBeCloseTo(100_500, 6);
});
