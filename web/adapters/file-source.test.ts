/** Pieces are the right bytes of the files, however they are asked for, and are read together where they are asked for in turn. */
import { afterEach, expect, test, vi } from 'vitest';

import { pieceIndex } from '../../shared/wire/ids.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';
import { fileChunkStore } from './file-source.ts';

const PIECE_BYTES = 512 * 1024;
const LENGTH = 20 * PIECE_BYTES + 1000;
const content = Uint8Array.from({ length: LENGTH }, (_, index) => (index * 7 + (index >> 11)) & 0xff);
const metainfo = { length: LENGTH, pieceLength: PIECE_BYTES } as Metainfo;

const sourceOf = (bytes = content) => fileChunkStore([{ file: new File([bytes], 'sample.bin') }], metainfo);

const isPiece = (found: Uint8Array | null, piece: number): boolean =>
  found !== null && Buffer.compare(found, content.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES)) === 0;

const inTurn = Array.from({ length: 21 }, (_, piece) => piece);

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  ['in turn', inTurn],
  ['backwards', inTurn.toReversed()],
  ['with gaps, and again', [3, 4, 9, 5, 6, 20, 19, 20, 3, 4, 5]],
])('pieces asked for %s are the right ones', async (_, pieces) => {
  const source = sourceOf();
  for (const piece of pieces) expect(isPiece(await source.get(pieceIndex(piece)), piece)).toBe(true);
  const together = await Promise.all(pieces.map((piece) => source.get(pieceIndex(piece))));
  expect(together.map((found, index) => isPiece(found, pieces[index]))).toEqual(pieces.map(() => true));
});

test('pieces asked for in turn are read eight at a time, others one by one', async () => {
  const readings = vi.spyOn(Blob.prototype, 'slice');
  const source = sourceOf();
  for (const piece of inTurn) await source.get(pieceIndex(piece));
  expect(readings.mock.calls.length).toBeLessThanOrEqual(4);
  readings.mockClear();
  for (const piece of [0, 5, 2, 7]) await source.get(pieceIndex(piece));
  expect(readings).toHaveBeenCalledTimes(4);
});

test('a piece keeps no others in memory', async () => {
  const source = sourceOf();
  await source.get(pieceIndex(0));
  expect((await source.get(pieceIndex(1)))?.buffer.byteLength).toBe(PIECE_BYTES);
});

test('a file that has become shorter has only the pieces that are whole', async () => {
  const source = sourceOf(content.slice(0, 2.5 * PIECE_BYTES));
  const found = await Promise.all([0, 1, 2, 3].map((piece) => source.get(pieceIndex(piece))));
  expect(found.map((chunk) => chunk !== null)).toEqual([true, true, false, false]);
});
