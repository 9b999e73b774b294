/** Proves that the cuts of all files are the content, each byte once and in its place. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { cutOf, piecesOf } from './file-layout.ts';

const SEED = 20_260_112;

test.each([
  { span: 'an empty one', offset: 10, length: 0, first: 1, end: 1 },
  { span: 'one inside a piece', offset: 11, length: 3, first: 1, end: 2 },
  { span: 'one that fills a piece', offset: 10, length: 10, first: 1, end: 2 },
  { span: 'one that reaches over', offset: 9, length: 12, first: 0, end: 3 },
])('[M8] of pieces of ten bytes, $span lies in pieces $first to before $end', ({ offset, length, first, end }) => {
  expect(piecesOf({ offset, length }, 10)).toEqual({ first, end });
});

test('[M8] the files of a torrent, cut piece by piece, are its bytes from the first to the last', () => {
  const lengths = fc.array(fc.nat(50), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 40 }), (files, pieceLength) => {
      let offset = 0;
      const bytes: number[] = [];
      for (const length of files) {
        const { first, end } = piecesOf({ offset, length }, pieceLength);
        for (let index = 0; index < end - first; index += 1) {
          const cut = cutOf({ offset, length }, pieceLength, index);
          expect(cut).toMatchObject({ piece: first + index });
          expect(cut.end).toBeLessThanOrEqual(pieceLength);
          expect(cut.end).toBeGreaterThan(cut.start);
          for (let at = cut.start; at < cut.end; at += 1) bytes.push(cut.piece * pieceLength + at);
        }
        offset += length;
        expect(bytes.length).toBe(offset);
      }
      expect(bytes).toEqual(Array.from({ length: offset }, (_, index) => index));
    }),
    { seed: SEED },
  );
});
