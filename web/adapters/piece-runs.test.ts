/** Which pieces are stored together. */
import { expect, test } from 'vitest';

import { pieceIndex } from '../../shared/wire/ids.ts';
import { PIECE_BYTES } from '../../shared/wire/limits.ts';
import { type ChunkToStore, cutOut, joinRuns } from './piece-runs.ts';

const bytes = (length: number, value: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(value);

const chunkOf = (piece: number, length: number): ChunkToStore => ({
  piece: pieceIndex(piece),
  part: bytes(length, piece),
});

const keysOf = (batch: readonly ChunkToStore[]): unknown[] => joinRuns(batch).map(([key]) => key);

test('pieces side by side are one run of a mebibyte at most, in whatever order they came', () => {
  expect(keysOf([5, 0, 2, 1, 3, 4, 8].map((piece) => chunkOf(piece, PIECE_BYTES)))).toEqual([[0, 1, 2, 3], [4, 5], 8]);
  expect(keysOf([0, 1, 2].map((piece) => chunkOf(piece, 2 * PIECE_BYTES)))).toEqual([[0, 1], 2]);
  expect(keysOf([0, 1].map((piece) => chunkOf(piece, 64 * PIECE_BYTES)))).toEqual([0, 1]);
});

test('a shorter piece, as the last one is, and blobs lie alone', () => {
  expect(keysOf([chunkOf(0, 100), chunkOf(1, 100), chunkOf(2, 60)])).toEqual([[0, 1], 2]);
  expect(keysOf([0, 1].map((piece) => ({ piece: pieceIndex(piece), part: new Blob([bytes(100, piece)]) })))).toEqual([
    0, 1,
  ]);
});

test('of a piece that was put twice the later one is kept', () => {
  const [[, part]] = joinRuns([chunkOf(3, 100), { piece: pieceIndex(3), part: bytes(100, 9) }]);
  expect(part).toEqual(bytes(100, 9));
});

test('each piece is cut out of its run again, in memory of its own', () => {
  const [[key, run]] = joinRuns([4, 5, 6].map((piece) => chunkOf(piece, 100)));
  for (const piece of [4, 5, 6]) {
    const found = cutOut(run as Uint8Array, key as never, pieceIndex(piece));
    expect(found).toEqual(bytes(100, piece));
    expect(found.buffer.byteLength).toBe(100);
  }
});
