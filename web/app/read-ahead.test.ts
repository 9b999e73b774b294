/** In which order what is looked at is wanted and given. */
import { expect, test } from 'vitest';

import { encodeMetainfo } from '../../shared/wire/metainfo.ts';
import { type LookReader, readAhead } from './read-ahead.ts';

const PIECE_LENGTH = 16 * 1024;

/** Two files, the second from the middle of piece 1 to the end of piece 3; what is wanted and read is noted. */
function reading(isHere: (piece: number) => boolean = () => true) {
  const metainfo = encodeMetainfo({
    name: 'all',
    files: [
      { path: ['a'], length: 1.5 * PIECE_LENGTH },
      { path: ['b'], length: 2.5 * PIECE_LENGTH },
    ],
    pieceLength: PIECE_LENGTH,
    pieceDigests: new Uint8Array(80),
    blockDigests: null,
  });
  const notes: string[] = [];
  const reader: LookReader = {
    file: metainfo.files[1],
    pieceLength: PIECE_LENGTH,
    stored: async (piece, signal) => {
      if (isHere(piece)) return;
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    },
    part: async (piece) => new Uint8Array(PIECE_LENGTH).fill(piece),
    playhead: () => ({
      moveTo: ({ first, end }) => notes.push(`${first}…${end}`),
      end: () => notes.push('end'),
    }),
  };
  return { reader, notes };
}

const wanted = (start: number, end: number, signal = new AbortController().signal) => ({ start, end, signal });

test('[P8] pieces are wanted from the playhead on, and given in their order, cut to what was asked for', async () => {
  const { reader, notes } = reading();
  const given: [number, number][] = [];
  for await (const bytes of readAhead(reader, wanted(100, 2 * PIECE_LENGTH))) given.push([bytes[0], bytes.length]);
  expect(given).toEqual([
    [1, PIECE_LENGTH / 2 - 100],
    [2, PIECE_LENGTH],
    [3, PIECE_LENGTH / 2],
  ]);
  expect(notes).toEqual(['1…4', '2…4', '3…4', 'end']);
});

test('[P8] a reading that is given up between two parts lets go of its playhead', async () => {
  const { reader, notes } = reading();
  const ending = new AbortController();
  const parts = readAhead(reader, wanted(0, 2 * PIECE_LENGTH, ending.signal));
  await parts.next();
  expect(notes).toEqual(['1…4']);
  ending.abort();
  expect(notes).toEqual(['1…4', 'end']);
});

test('[P8] a reading that is not wanted any more waits for nothing, and lets go of its playhead', async () => {
  const { reader, notes } = reading((piece) => piece < 2);
  const ending = new AbortController();
  const parts = readAhead(reader, wanted(0, 2 * PIECE_LENGTH, ending.signal));
  await parts.next();
  const waiting = parts.next();
  ending.abort();
  await expect(waiting).rejects.toBe(ending.signal.reason);
  expect(notes.at(-1)).toBe('end');
});
