/** Who answers for a piece that failed its digest. */
import { expect, test } from 'vitest';
import type { PeerId } from '../../wire/ids.ts';
import { pieceIndex } from '../../wire/ids.ts';
import { Blame } from './blame.ts';

const [ANN, BOB, EVE] = ['a'.repeat(40), 'b'.repeat(40), 'e'.repeat(40)] as PeerId[];
const [FIRST, SECOND] = [pieceIndex(0), pieceIndex(1)];

test('[B2] who alone sent a bad piece is banned', () => {
  const blame = new Blame();
  expect(blame.failed(FIRST, new Set([EVE]))).toEqual([EVE]);
  expect([blame.isBanned(EVE), blame.isBanned(ANN)]).toEqual([true, false]);
});

test('[B1] who took part is remembered until the piece is good', () => {
  const blame = new Blame();
  blame.failed(FIRST, new Set([ANN, EVE]));
  expect([blame.wasIn(FIRST, ANN), blame.wasIn(FIRST, BOB), blame.wasIn(SECOND, ANN)]).toEqual([true, false, false]);
  expect([blame.hasFailed(FIRST), blame.hasFailed(SECOND)]).toEqual([true, false]);
  blame.passed(FIRST);
  expect([blame.hasFailed(FIRST), blame.wasIn(FIRST, ANN)]).toEqual([false, false]);
});

test('[B3] where several sent a bad piece, nobody is banned until it is known whose blocks were wrong', () => {
  const blame = new Blame();
  expect(blame.failed(FIRST, new Set([ANN, EVE]), { senders: [ANN, EVE], digests: ['a', 'x'] })).toEqual([]);
  expect([blame.isBanned(EVE), blame.comparesBlocks(FIRST), blame.comparesBlocks(SECOND)]).toEqual([
    false,
    true,
    false,
  ]);
});

test('[B5] when the piece passes, who sent wrong blocks of it is banned, once, and nobody else', () => {
  const blame = new Blame();
  const attempt = { senders: [ANN, EVE, BOB], digests: ['a', 'x', 'c'] };
  blame.failed(FIRST, new Set([ANN, EVE, BOB]), attempt);
  blame.failed(SECOND, new Set([ANN, EVE, BOB]), attempt);
  expect(blame.passed(FIRST, ['a', 'b', 'c'])).toEqual([EVE]);
  expect(blame.passed(SECOND, ['a', 'b', 'c'])).toEqual([]);
  expect([ANN, BOB, EVE].map((peer) => blame.isBanned(peer))).toEqual([false, false, true]);
});
