/** Packets carry the same bytes in the same order, whatever the messages and the largest packet. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { concatBytes } from '../../shared/base/bytes.ts';
import { PACKET_BYTES_MAX, packets } from './packets.ts';

const sizes = (parts: readonly number[], packetBytesMax: number): number[] =>
  Array.from(
    packets(
      parts.map((size) => new Uint8Array(size)),
      packetBytesMax,
    ),
    ({ byteLength }) => byteLength,
  );

test('messages share a packet, blocks with small ones', () => {
  expect(sizes([17, 13, 16_384, 13, 16_384, 9], 65_536)).toEqual([32_820]);
});

test('[L3] a message goes over the border of a packet', () => {
  expect(sizes([60_000, 60_000, 30_000], 65_536)).toEqual([65_536, 65_536, 18_928]);
});

test('[L3] no packet is larger than what Chromium takes, whatever the neighbour takes', () => {
  expect(sizes([PACKET_BYTES_MAX + 1], 2 ** 30)).toEqual([PACKET_BYTES_MAX, 1]);
});

test('[L2] no bytes are lost, moved or repeated, and no packet is empty or too large', () => {
  const message = fc.uint8Array({ maxLength: 9000 }).map((bytes) => new Uint8Array(bytes));
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 20 }),
      fc.integer({ min: 1, max: 10_000 }),
      (messages, packetBytesMax) => {
        const out = Array.from(packets(messages, packetBytesMax), (packet) => packet.slice());
        expect(concatBytes(out)).toEqual(concatBytes(messages));
        expect(out.every(({ byteLength }) => byteLength > 0 && byteLength <= packetBytesMax)).toBe(true);
      },
    ),
    { seed: 4711, numRuns: 300 },
  );
});
