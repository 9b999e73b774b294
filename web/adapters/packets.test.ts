/** Packets carry the same bytes in the same order, whatever the messages and the largest packet. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { concatBytes } from '../../shared/base/bytes.ts';
import { packets } from './packets.ts';

const sizes = (messages: readonly number[], packetBytesMax: number): number[] =>
  [
    ...packets(
      messages.map((size) => new Uint8Array(size)),
      packetBytesMax,
    ),
  ].map((packet) => packet.byteLength);

test('small messages share a packet', () => {
  expect(sizes([17, 17, 17], 65_536)).toEqual([51]);
});

test('[L3] a block goes alone, and keeps its place between small messages', () => {
  expect(sizes([5, 16_397, 9, 9], 65_536)).toEqual([5, 16_397, 18]);
});

test('[L3] a message larger than a packet is split', () => {
  expect(sizes([150_000], 65_536)).toEqual([65_536, 65_536, 18_928]);
});

test('[L2] no bytes are lost, moved or repeated, and no packet is empty or too large', () => {
  const message = fc.uint8Array({ maxLength: 9000 }).map((bytes) => new Uint8Array(bytes));
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 20 }),
      fc.integer({ min: 1, max: 10_000 }),
      (messages, packetBytesMax) => {
        const out = [...packets(messages, packetBytesMax)];
        expect(concatBytes(out)).toEqual(concatBytes(messages));
        expect(out.every(({ byteLength }) => byteLength > 0 && byteLength <= packetBytesMax)).toBe(true);
      },
    ),
    { seed: 4711, numRuns: 300 },
  );
});
