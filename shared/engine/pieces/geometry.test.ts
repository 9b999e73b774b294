/** Sizes of pieces and blocks: every byte of the file lies in exactly one block. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pieceIndex } from '../../wire/ids.ts';
import { BLOCK_BYTES, PIECE_BYTES } from '../../wire/limits.ts';
import { allPieces, blockAt, blockCount, geometryOf, isPiece, isServable, pieceBytes } from './geometry.ts';

test.each([
  [0, 0, 0],
  [1, 1, 1],
  [PIECE_BYTES - 1, 1, PIECE_BYTES - 1],
  [PIECE_BYTES, 1, PIECE_BYTES],
  [PIECE_BYTES + 1, 2, 1],
])('a file of %d bytes has %d pieces, the last one of %d bytes', (length, pieces, lastBytes) => {
  const geometry = geometryOf({ length, pieceLength: PIECE_BYTES });
  const last = [...allPieces(geometry)].at(-1);
  expect([geometry.pieceCount, last === undefined ? 0 : pieceBytes(geometry, last)]).toEqual([pieces, lastBytes]);
});

/** Piece lengths that are no multiple of a block exist in the wild. */
const shape = fc.record({
  length: fc.integer({ min: 0, max: 20 * BLOCK_BYTES }),
  pieceLength: fc.integer({ min: BLOCK_BYTES, max: 5 * BLOCK_BYTES }),
});

test('[R1] blocks of 16 KiB, only the last of a piece shorter, cover the file without gap or overlap', () => {
  fc.assert(
    fc.property(shape, ({ length, pieceLength }) => {
      const geometry = geometryOf({ length, pieceLength });
      let at = 0;
      for (const piece of allPieces(geometry)) {
        for (let block = 0; block < blockCount(geometry, piece); block += 1) {
          const { offset, length: bytes } = blockAt(geometry, piece, block);
          expect(piece * pieceLength + offset).toBe(at);
          const isLast = block === blockCount(geometry, piece) - 1;
          expect(isLast ? bytes > 0 && bytes <= BLOCK_BYTES : bytes === BLOCK_BYTES).toBe(true);
          expect(isServable(geometry, { piece, offset, length: bytes })).toBe(true);
          at += bytes;
        }
      }
      expect(at).toBe(length);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('[R1] [W11] what lies outside its piece, is empty, or is more than a block, is not servable', () => {
  const geometry = geometryOf({ length: 2 * PIECE_BYTES + 10, pieceLength: PIECE_BYTES });
  const servable = (piece: number, offset: number, length: number): boolean =>
    isServable(geometry, { piece: pieceIndex(piece), offset, length });
  expect(servable(1, 7, BLOCK_BYTES)).toBe(true);
  expect(servable(2, 0, 10)).toBe(true);
  expect(servable(2, 9, 1)).toBe(true);
  expect(servable(2, 0, 11)).toBe(false);
  expect(servable(2, 10, 1)).toBe(false);
  expect(servable(3, 0, 1)).toBe(false);
  expect(servable(1, 0, 0)).toBe(false);
  expect(servable(1, 0, BLOCK_BYTES + 1)).toBe(false);
  expect(servable(1, PIECE_BYTES - 1, 2)).toBe(false);
  expect(servable(0xffffffff, 0xffffffff, 1)).toBe(false);
  expect(servable(1, 0xffffffff, 0xffffffff)).toBe(false);
});

test('[W11] the piece after the last does not exist', () => {
  const geometry = geometryOf({ length: 2 * PIECE_BYTES, pieceLength: PIECE_BYTES });
  expect([1, 2].map((piece) => isPiece(geometry, pieceIndex(piece)))).toEqual([true, false]);
});
