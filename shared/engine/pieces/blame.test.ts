/** Who answers for a piece that failed its digest. */
import { expect, test } from 'vitest';
import type { PeerId } from '../../wire/ids.ts';
import { pieceIndex } from '../../wire/ids.ts';
import { Blame } from './blame.ts';

const [ANN, BOB, EVE] = ['a'.repeat(40), 'b'.repeat(40), 'e'.repeat(40)] as PeerId[];
const [FIRST, SECOND] = [pieceIndex(0), pieceIndex(1)];

const suspects = (blame: Blame): PeerId[] => [ANN, BOB, EVE].filter((peer) => blame.isSuspect(peer));

test('[B2] who alone sent a bad piece is banned', () => {
  const blame = new Blame();
  expect(blame.failed(FIRST, new Set([EVE]))).toEqual([EVE]);
  expect([blame.isBanned(EVE), blame.isBanned(ANN), blame.isSuspect(EVE)]).toEqual([true, false, false]);
});

test('[B3] where several sent a bad piece, each is a suspect and nobody is banned', () => {
  const blame = new Blame();
  expect(blame.failed(FIRST, new Set([ANN, EVE]))).toEqual([]);
  expect(suspects(blame)).toEqual([ANN, EVE]);
  expect(blame.isBanned(EVE)).toBe(false);
});

test('[B3] a good piece of its own clears a suspect; one sent together with others does not', () => {
  const blame = new Blame();
  blame.failed(FIRST, new Set([ANN, EVE]));
  blame.passed(SECOND, new Set([ANN, BOB]));
  expect(suspects(blame)).toEqual([ANN, EVE]);
  blame.passed(SECOND, new Set([ANN]));
  expect(suspects(blame)).toEqual([EVE]);
});

test('[B1] who took part is remembered until the piece is good', () => {
  const blame = new Blame();
  blame.failed(FIRST, new Set([ANN, EVE]));
  expect([blame.wasIn(FIRST, ANN), blame.wasIn(FIRST, BOB), blame.wasIn(SECOND, ANN)]).toEqual([true, false, false]);
  expect([blame.hasFailed(FIRST), blame.hasFailed(SECOND)]).toEqual([true, false]);
  blame.passed(FIRST, new Set([BOB]));
  expect([blame.hasFailed(FIRST), blame.wasIn(FIRST, ANN)]).toEqual([false, false]);
});
