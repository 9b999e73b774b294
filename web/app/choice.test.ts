/** Which pieces a choice of files needs, and what of each file is here. */
import { expect, test } from 'vitest';

import { encodeMetainfo } from '../../shared/wire/metainfo.ts';
import { type Choice, choiceFrom, chosenBytes, everything, putFirst, viewFiles, want, wishesOf } from './choice.ts';

const KIB = 1024;

/** Pieces of 16 KiB: `a` fills the first and begins the second, `b` ends in it, `c` is empty, `d` fills the last two. */
const METAINFO = encodeMetainfo({
  name: 'all',
  files: [
    { path: ['a'], length: 20 * KIB },
    { path: ['b'], length: 12 * KIB },
    { path: ['c'], length: 0 },
    { path: ['d'], length: 32 * KIB },
  ],
  pieceLength: 16 * KIB,
  pieceDigests: new Uint8Array(80),
  blockDigests: null,
});

const ALL = everything(METAINFO);
const only = (...numbers: number[]): Choice => ({ wanted: new Set(numbers), first: [] });

test('everything is every piece, in one run', () => {
  expect(wishesOf(METAINFO, ALL, [])).toEqual({ wanted: [{ first: 0, end: 4 }], first: [] });
});

test('[P7] a file needs every piece that holds a byte of it, also the ones it shares with others', () => {
  expect(wishesOf(METAINFO, only(1), []).wanted).toEqual([{ first: 1, end: 2 }]);
  expect(wishesOf(METAINFO, only(0, 3), []).wanted).toEqual([
    { first: 0, end: 2 },
    { first: 2, end: 4 },
  ]);
});

test('[P7] an empty file needs no piece', () => {
  const [{ first, end }] = wishesOf(METAINFO, only(2), []).wanted;
  expect(first).toBe(end);
});

test('[P8] what is watched comes before files that come first, and is fetched even when its file is not chosen', () => {
  const wishes = wishesOf(METAINFO, putFirst(only(0), [0]), [{ first: 3, end: 4 }]);
  expect(wishes.wanted).toContainEqual({ first: 3, end: 4 });
  expect(wishes.first).toEqual([
    { first: 3, end: 4, isInTurn: true },
    { first: 0, end: 2, isInTurn: false },
  ]);
});

test('files are wanted and unwanted, and what is not wanted does not come first', () => {
  const choice = putFirst(putFirst(ALL, [3]), [1]);
  expect([choice.first, want(choice, [3], false).first]).toEqual([[1, 3], [1]]);
  expect([...want(choice, [0, 3], false).wanted]).toEqual([1, 2]);
  expect(putFirst(only(0), [3]).wanted).toEqual(new Set([0, 3]));
  expect(putFirst(choice, [3]).first).toEqual([3, 1]);
});

test('the size of a choice is that of its files', () => {
  expect([chosenBytes(METAINFO, ALL), chosenBytes(METAINFO, only(1, 2))]).toEqual([64 * KIB, 12 * KIB]);
});

test('a stored choice is taken up, without files that there are not', () => {
  expect(choiceFrom(null, METAINFO)).toEqual(ALL);
  expect(choiceFrom([3, 99, -1], METAINFO)).toEqual(only(3));
});

test('of each file, as much is here as of its pieces is on disk', () => {
  const views = viewFiles(METAINFO, putFirst(only(1), [1]), Uint8Array.of(0b01010000));
  expect(views.map(({ storedBytes, isWanted, turn }) => [storedBytes, isWanted, turn])).toEqual([
    [4 * KIB, false, null],
    [12 * KIB, true, 1],
    [0, false, null],
    [16 * KIB, false, null],
  ]);
});
