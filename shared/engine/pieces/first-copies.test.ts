/** Which pieces a lone seed has shown to whom, and which are out. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../base/random.ts';
import { minutes, seconds, type Millis } from '../../base/time.ts';
import { pieceIndex, type PieceIndex } from '../../wire/ids.ts';
import type { LinkId } from '../swarm-io.ts';
import { FirstCopies } from './first-copies.ts';
import { EXTENT_PIECES } from './piece-picker.ts';

const [ANN, BOB] = [1, 2] as LinkId[];
const PIECE_BYTES = 100;
const bytesOf = (): number => PIECE_BYTES;

/** What is promised to this neighbour next. */
const promise = (
  copies: FirstCopies,
  link: LinkId,
  isOut = (_piece: PieceIndex): boolean => false,
): PieceIndex | null => copies.promise(link, bytesOf, isOut);

const copiesOf = (count: number, seed = 1): FirstCopies =>
  new FirstCopies(
    Array.from({ length: count }, (_, piece) => pieceIndex(piece)),
    seededRandom(seed),
  );

test('every piece is promised once, in random order', () => {
  const copies = copiesOf(20);
  const promised = Array.from({ length: 20 }, (_, turn) => promise(copies, turn % 2 === 0 ? ANN : BOB));
  expect(new Set(promised).size).toBe(20);
  expect(promised).not.toEqual([...promised].toSorted((a, b) => Number(a) - Number(b)));
  expect([promise(copies, ANN), copies.promisedTo(ANN), copies.isDone]).toEqual([null, 10, false]);
});

test('pieces of an extent are promised in turn, and extents in random order', () => {
  const extentsBy = (seed: number): number[] => {
    const copies = copiesOf(4 * EXTENT_PIECES, seed);
    const promised = Array.from({ length: 4 * EXTENT_PIECES }, () => Number(promise(copies, ANN)));
    for (const [turn, piece] of promised.entries()) {
      if (turn % EXTENT_PIECES > 0) expect(piece).toBe(promised[turn - 1] + 1);
    }
    return promised.filter((_, turn) => turn % EXTENT_PIECES === 0);
  };
  expect(extentsBy(1)).not.toEqual(extentsBy(2));
});

test('pieces that are out already are passed over', () => {
  const copies = copiesOf(10);
  const isOut = (piece: PieceIndex): boolean => piece !== 7;
  expect([promise(copies, ANN, isOut), promise(copies, ANN, isOut)]).toEqual([7, null]);
});

test('when all that was promised has arrived, every piece is out', () => {
  const copies = copiesOf(2);
  const pieces = [promise(copies, ANN), promise(copies, BOB)] as PieceIndex[];
  copies.arrived(ANN, pieces[0], 0);
  expect([copies.promisedTo(ANN), copies.isDone]).toEqual([0, false]);
  copies.arrived(BOB, pieces[1], 0);
  expect(copies.isDone).toBe(true);
});

test('a piece that is on its way is no longer unsent, and nothing is hidden when all are', () => {
  const copies = copiesOf(1);
  const piece = promise(copies, ANN) as PieceIndex;
  copies.sent(ANN, piece, PIECE_BYTES - 1, 0);
  expect([copies.unsentTo(ANN), copies.isDone]).toEqual([1, false]);
  copies.sent(ANN, piece, 1, 0);
  expect([copies.promisedTo(ANN), copies.unsentTo(ANN), copies.isDone]).toEqual([1, 0, true]);
});

/** The next piece is sent whole to this neighbour, which says so. */
function give(copies: FirstCopies, link: LinkId, now: Millis): PieceIndex {
  const piece = promise(copies, link) as PieceIndex;
  copies.sent(link, piece, PIECE_BYTES, now);
  copies.arrived(link, piece, now);
  return piece;
}

test('who has pieces that nobody got from it is told apart from who passes them on', () => {
  const copies = copiesOf(3);
  const piece = give(copies, ANN, 0);
  expect([copies.unspread(ANN), copies.unspread(BOB)]).toEqual([1, 0]);
  copies.arrived(BOB, piece, 0);
  expect([copies.unspread(ANN), copies.unspread(BOB)]).toEqual([0, 0]);
});

test('a piece that is passed on much later than others is promised to somebody else, and its keeper comes last', () => {
  const copies = copiesOf(3);
  copies.arrived(BOB, give(copies, ANN, 0), seconds(2));
  const kept = give(copies, BOB, 0);
  give(copies, ANN, seconds(7));
  copies.recall(seconds(7));
  expect(promise(copies, ANN)).toBeNull();
  copies.recall(seconds(8));
  expect([copies.unspread(BOB), promise(copies, ANN)]).toEqual([1, kept]);
});

test('while nothing was passed on, nobody can be late', () => {
  const copies = copiesOf(1);
  give(copies, ANN, 0);
  copies.recall(minutes(10));
  expect(copies.isDone).toBe(true);
});

test('nobody can have a piece from a keeper that does not say that it has it', () => {
  const copies = copiesOf(2);
  copies.arrived(BOB, give(copies, ANN, 0), 0);
  const silent = promise(copies, ANN) as PieceIndex;
  copies.sent(ANN, silent, PIECE_BYTES, 0);
  copies.arrived(BOB, silent, seconds(1));
  expect(copies.unspread(ANN)).toBe(1);
  copies.recall(seconds(3));
  expect([copies.promisedTo(ANN), promise(copies, BOB)]).toEqual([0, silent]);
});

test('what only a neighbour had that left is promised again', () => {
  const copies = copiesOf(1);
  const piece = give(copies, ANN, 0);
  copies.takeBack(ANN);
  expect([copies.isDone, copies.unspread(ANN), promise(copies, BOB)]).toEqual([false, 0, piece]);
});

test('what a neighbour was promised and did not get is promised to the next when it leaves', () => {
  const copies = copiesOf(1);
  const piece = promise(copies, ANN);
  expect(promise(copies, BOB)).toBeNull();
  copies.takeBack(ANN);
  expect([copies.promisedTo(ANN), promise(copies, BOB)]).toEqual([0, piece]);
});

test('no piece is promised to two at once, whoever comes, gets and goes', () => {
  const step = fc.record({ kind: fc.constantFrom('promise', 'arrive', 'leave'), link: fc.integer({ min: 1, max: 4 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.nat(), (steps, seed) => {
      const copies = copiesOf(8, seed);
      const promised = new Map<PieceIndex, LinkId>();
      const out = new Set<PieceIndex>();
      const doubles: PieceIndex[] = [];
      for (const { kind, link: number } of steps) {
        const link = number as LinkId;
        const mine = [...promised].filter(([, holder]) => holder === link).map(([piece]) => piece);
        const piece = kind === 'promise' ? promise(copies, link) : null;
        if (piece !== null && (promised.has(piece) || out.has(piece))) doubles.push(piece);
        if (piece !== null) promised.set(piece, link);
        const gone = kind === 'leave' ? mine : mine.slice(0, kind === 'arrive' ? 1 : 0);
        for (const arrived of kind === 'arrive' ? gone : []) {
          copies.arrived(link, arrived, 0);
          out.add(arrived);
        }
        if (kind === 'leave') copies.takeBack(link);
        for (const settled of gone) promised.delete(settled);
        expect(copies.promisedTo(link)).toBe([...promised.values()].filter((holder) => holder === link).length);
      }
      expect(doubles).toEqual([]);
      expect(copies.isDone).toBe(out.size === 8);
    }),
    { seed: 11, numRuns: 300 },
  );
});
