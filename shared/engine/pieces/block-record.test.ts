/** Versions of blocks, and whose they were. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pieceIndex } from '../../wire/ids.ts';
import { BlockRecord, BLOCKS_MAX } from './block-record.ts';
import { peerCalled } from './picture.test-kit.ts';

const PIECE = pieceIndex(3);
const [ANN, BOB, EVE] = ['1', '2', '3'].map(peerCalled);

test('[B5] when the piece passes, those whose blocks were others had lied', () => {
  const record = new BlockRecord();
  record.failed(PIECE, { senders: [ANN, EVE, BOB], digests: ['a', 'x', 'c'] });
  expect(record.passed(PIECE, ['a', 'b', 'c'])).toEqual(new Set([EVE]));
  expect(record.has(PIECE)).toBe(false);
});

test('[B5] who sends two versions of a block has lied once', () => {
  const record = new BlockRecord();
  expect(record.failed(PIECE, { senders: [EVE, BOB], digests: ['x', 'b'] })).toEqual(new Set());
  expect(record.failed(PIECE, { senders: [EVE, BOB], digests: ['y', 'b'] })).toEqual(new Set([EVE]));
});

test('[B5] what failed longest ago is forgotten first, and memory is bounded', () => {
  const record = new BlockRecord();
  const senders = Array.from({ length: 64 }, () => EVE);
  const pieces = BLOCKS_MAX / 64 + 1;
  for (let piece = 0; piece < pieces; piece += 1) {
    record.failed(pieceIndex(piece), { senders, digests: senders.map(() => 'x') });
  }
  expect([record.has(pieceIndex(0)), record.has(pieceIndex(1))]).toEqual([false, true]);
});

test('[B5] in any story, every liar of a piece that passes is found, and nobody honest', () => {
  const block = fc.record({ sender: fc.nat(5), lie: fc.nat(2) });
  fc.assert(
    fc.property(fc.array(fc.array(block, { minLength: 4, maxLength: 4 }), { maxLength: 6 }), (story) => {
      const record = new BlockRecord();
      const liars = new Set<string>();
      const found = new Set<string>();
      for (const attempt of story) {
        // Senders 0 to 2 are honest; of the others, each block is right or one of two lies.
        const digests = attempt.map(({ sender, lie }, at) => (sender > 2 && lie > 0 ? `lie ${lie}` : `${at}`));
        const senders = attempt.map(({ sender }) => peerCalled(String(sender)));
        attempt.forEach(({ sender, lie }, at) => sender > 2 && lie > 0 && liars.add(senders[at]));
        for (const peer of record.failed(PIECE, { senders, digests })) found.add(peer);
      }
      for (const peer of found) expect(liars).toContain(peer);
      for (const peer of record.passed(PIECE, ['0', '1', '2', '3'])) found.add(peer);
      expect(found).toEqual(liars);
    }),
    { seed: 41, numRuns: 500 },
  );
});
