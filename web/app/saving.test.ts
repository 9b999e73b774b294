/** What is saved of a file is the file, byte for byte, whatever pieces it lies in. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { concatBytes } from '../../shared/base/bytes.ts';
import { type Metainfo, encodeMetainfo } from '../../shared/wire/metainfo.ts';
import { entryOf } from './saving.ts';
import type { StoredPart } from './world.ts';

const PIECE_LENGTH = 16 * 1024;

function metainfoOf(lengths: readonly number[]): Metainfo {
  const files = lengths.map((length, number) => ({ path: ['deep', String(number)], length }));
  const length = lengths.reduce((sum, one) => sum + one, 0);
  const pieceDigests = new Uint8Array(20 * Math.ceil(length / PIECE_LENGTH));
  return encodeMetainfo({ name: 'all', files, pieceLength: PIECE_LENGTH, pieceDigests, blockDigests: null });
}

test.each([
  ['bytes', (bytes: Uint8Array<ArrayBuffer>): StoredPart => bytes],
  ['blobs', (bytes: Uint8Array<ArrayBuffer>): StoredPart => new Blob([bytes])],
])('[M8] every file is cut out of pieces that are stored as %s', async (_, stored) => {
  const lengths = fc.array(fc.nat(3 * PIECE_LENGTH), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(lengths, async (all) => {
      const metainfo = metainfoOf(all);
      const content = Uint8Array.from({ length: metainfo.length }, (_byte, index) => (index * 31) >> 3);
      for (const file of metainfo.files) {
        const entry = entryOf(file, metainfo, async (piece) =>
          stored(content.slice(piece * PIECE_LENGTH, (piece + 1) * PIECE_LENGTH)),
        );
        const parts: Uint8Array[] = [];
        for (let index = 0; index < entry.parts; index += 1) {
          parts.push(new Uint8Array(await new Response(await entry.part(index)).arrayBuffer()));
        }
        const saved = Buffer.from(concatBytes(parts));
        expect(saved.equals(content.slice(file.offset, file.offset + file.length))).toBe(true);
      }
    }),
    { seed: 5, numRuns: 40 },
  );
});
