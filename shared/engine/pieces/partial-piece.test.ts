/** The blocks of a started piece: each is free, asked for, or here. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PeerId } from '../../wire/ids.ts';
import { pieceIndex } from '../../wire/ids.ts';
import { checkPartial } from '../invariants.ts';
import { PartialPiece } from './partial-piece.ts';

const [ANN, BOB] = ['a'.repeat(40), 'b'.repeat(40)] as PeerId[];

const started = (blocks: number): PartialPiece =>
  new PartialPiece({ piece: pieceIndex(5), generation: 1, blocks, exclusiveTo: null });

/** The piece as a picture: `.` free, a digit for how many are asked, `h` here. */
function pictureOf(partial: PartialPiece): string {
  const letters = Array.from({ length: partial.blocks }, (_, block) => {
    if (partial.isHeld(block)) return 'h';
    return partial.isFree(block) ? '.' : String(partial.askedFrom(block));
  });
  return letters.join('');
}

test('[R3] a block is free until somebody is asked for it, and free again when the request ends', () => {
  const partial = started(4);
  partial.ask(0);
  partial.ask(1);
  expect([pictureOf(partial), partial.free, partial.firstFree()]).toEqual(['11..', 2, 2]);
  partial.unask(0);
  expect([pictureOf(partial), partial.free, partial.firstFree()]).toEqual(['.1..', 3, 0]);
});

test('[P5] a block asked of two is free only when both requests ended', () => {
  const partial = started(1);
  partial.ask(0);
  partial.ask(0);
  partial.unask(0);
  expect(pictureOf(partial)).toBe('1');
  partial.unask(0);
  expect(pictureOf(partial)).toBe('.');
});

test('a piece is whole when all its blocks are here, whoever sent them', () => {
  const partial = started(3);
  partial.hold(0, ANN);
  partial.hold(1, BOB);
  expect(partial.isWhole).toBe(false);
  partial.hold(2, ANN);
  expect([partial.isWhole, partial.held, [...partial.senders()]]).toEqual([true, 3, [ANN, BOB]]);
});

test.each<[string, (partial: PartialPiece) => void]>([
  ['a request that ends twice', (partial) => partial.unask(0)],
  ['a block that comes twice', (partial) => [0, 0].forEach((block) => partial.hold(block, ANN))],
  ['a request for a block that is here', (partial) => [partial.hold(1, ANN), partial.ask(1)]],
  ['a free block where there is none', (partial) => [partial.hold(0, ANN), partial.ask(1), partial.firstFree()]],
])('[R3] %s breaks an invariant', (_fault, act) => {
  expect(() => act(started(2))).toThrow('Invariant broken');
});

test('[R3] whatever happens, every block is free, asked for, or here, and the counts say so', () => {
  const action = fc.tuple(fc.constantFrom('ask', 'unask', 'come'), fc.nat(7));
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const partial = started(8);
      for (const [kind, block] of actions) {
        if (kind === 'ask' && !partial.isHeld(block)) partial.ask(block);
        if (kind === 'unask' && partial.askedFrom(block) > 0) partial.unask(block);
        if (kind === 'come' && !partial.isHeld(block)) come(partial, block);
        checkPartial(partial);
        const picture = pictureOf(partial);
        expect([partial.free, partial.held]).toEqual([picture.split('.').length - 1, picture.split('h').length - 1]);
        expect(partial.free > 0 ? partial.firstFree() : -1).toBe(picture.indexOf('.'));
      }
    }),
    { seed: 3, numRuns: 300 },
  );
});

/** A block comes, and with it every request for it ends. */
function come(partial: PartialPiece, block: number): void {
  while (partial.askedFrom(block) > 0) partial.unask(block);
  partial.hold(block, ANN);
}
